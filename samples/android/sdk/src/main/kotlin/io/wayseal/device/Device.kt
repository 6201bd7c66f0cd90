package io.wayseal.device

import io.wayseal.device.internal.Fields
import io.wayseal.device.internal.KeysBridge
import io.wayseal.device.internal.Native
import io.wayseal.device.internal.Reply
import java.io.File
import java.nio.ByteBuffer
import java.util.concurrent.atomic.AtomicBoolean

/**
 * A courier's device: its grants, its parcels and the log of every attempt.
 *
 * One thread at a time: a call while another thread's is under way is answered by [Code.BUSY] and changes nothing. Calls write to disk, so
 * they do not belong on the main thread; [DeviceThread] gives a device a thread of its own. Times are the device's clock in seconds since
 * 1970-01-01 UTC.
 */
class Device private constructor(private val handle: Long) : AutoCloseable {
    private val turn = AtomicBoolean()
    private val record = ByteBuffer.allocateDirect(Opened.RECORD_MAX)
    private var shown: Opened? = null

    /**
     * Opens a label, or says why not. Its entry is on the log whatever comes of it.
     *
     * @param text the text of the QR code, as [io.wayseal.device.scan.Line] gives it.
     * @param printed the waybill number in the label's bar code, if it was read: another one means that the QR code was moved here.
     */
    fun scan(
        text: String,
        printed: String? = null,
        purpose: Purpose = Purpose.DELIVER,
        want: Want = Want.HELD,
        now: Long = now(),
    ): Scanned = inTurn({ Scanned.Failed(busy()) }) {
        val reply = Reply(
            Native.scan(handle, text.encodeToByteArray(), printed?.encodeToByteArray(), purpose.number, want.ordinal, now, record),
        )
        val failure = reply.failure
        when {
            failure == null -> Opened(record, reply.bytes(), reply.int(), reply.flag(), reply.longOrNull()?.toInt()).also { shown = it }
            failure.code.isRefusal -> Scanned.Refused(failure)
            else -> Scanned.Failed(failure)
        }
    }

    /** Loads a parcel for the day: the keys of its label are kept, nothing is shown. Gives the number of loaded parcels. */
    fun load(text: String, printed: String? = null, now: Long = now()): Outcome<Int> =
        call({ Native.load(handle, text.encodeToByteArray(), printed?.encodeToByteArray(), now) }) { int() }

    /** Locks the keys of stations away for the day, sealed to the depot's age recipient. */
    fun lock(depot: String, now: Long = now()): Outcome<Unit> =
        call({ Native.lock(handle, depot.encodeToByteArray(), now) }) { }

    /** Brings them back with the text of the depot's identity, a secret, which is wiped here. */
    fun unlock(depot: ByteArray, now: Long = now()): Outcome<Unit> =
        call({ depot.wipedAfter { Native.unlock(handle, depot, now) } }) { }

    /**
     * Takes whatever a device takes: a grant, a colleague's pass or its digits, a revocation list, a signed head, a list of operators.
     */
    fun take(bytes: ByteArray, now: Long = now()): Outcome<Received> =
        call({ Native.take(handle, bytes, now) }) { Received.of(this) }

    /** Asks a colleague for parcels. A request before it is answered no more. */
    fun ask(now: Long = now()): Outcome<PassRequest> = call({ Native.ask(handle, now) }) { PassRequest(bytes(), text()) }

    /** The name of the device that asks, by the file or the digits of its request. */
    fun asked(request: ByteArray, now: Long = now()): Outcome<String> = call({ Native.asked(handle, request, now) }) { text() }

    /**
     * Gives parcels to the colleague who asked: each is charged to this device and on its log before the pass is returned. One that does
     * not open here stops all of it, and [Failure.count] is its place among them.
     *
     * @param labels the [Parcel.label] of loaded parcels, or the bytes of codes' texts.
     */
    fun give(
        request: ByteArray,
        labels: List<ByteArray>,
        purpose: Purpose = Purpose.DELIVER,
        now: Long = now(),
    ): Outcome<GivenPass> {
        if (labels.size > GivenPass.LABELS_MAX) return Outcome.Failed(tooMany())
        val named = labels.fold(Fields().int(labels.size)) { fields, label -> fields.bytes(label) }
        return call({ Native.give(handle, request, named.done(), purpose.number, now) }) { GivenPass.of(this) }
    }

    /**
     * A desk's: verifies the file of stations by which parcels get their places, and that of pick-up points if there is one, against the
     * authority's signature beside it. It is used until the device is closed. Gives when they were signed, in seconds since 1970-01-01.
     */
    fun useStations(stations: ByteArray, signature: ByteArray, points: ByteArray? = null, now: Long = now()): Outcome<Long> =
        call({ Native.useStations(handle, stations, points, signature, now) }) { long() }

    /** A desk's: a new label of the same parcel for a station. Its record is shown to nobody. */
    fun relabel(text: String, to: Station, printed: String? = null, now: Long = now()): Outcome<NewLabel> = call({
        Native.relabel(handle, text.encodeToByteArray(), printed?.encodeToByteArray(), to.fields().done(), now)
    }) { NewLabel.of(this) }

    /** A desk's: a label that brings the parcel back, by its sender or, without one, to the [place]. */
    fun giveBack(text: String, to: Station, place: ReturnPlace? = null, printed: String? = null, now: Long = now()): Outcome<NewLabel> {
        val fields = to.fields().flag(place != null)
        place?.run { fields.text(name).text(phone).text(province).text(city).text(district).text(detail) }
        return call({
            Native.giveBack(handle, text.encodeToByteArray(), printed?.encodeToByteArray(), fields.done(), now)
        }) { NewLabel.of(this) }
    }

    /** Takes what lies in the folder `inbox`, as every scan does too; gives what was refused since the last call. */
    fun refresh(now: Long = now()): Outcome<List<Receipt>> = call({ Native.refresh(handle, now) }) { list { Receipt.of(this) } }

    /** What the device asks a depot for: who it is, and what it has. */
    fun fetchRequest(now: Long = now()): Outcome<ByteArray> = call({ Native.fetchRequest(handle, now) }) { bytes() }

    /** Takes a depot's answer, each of its items by itself. */
    fun takeBundle(bytes: ByteArray, now: Long = now()): Outcome<Fetched> =
        call({ Native.takeBundle(handle, bytes, now) }) { Fetched(list { Receipt.of(this) }, if (flag()) bytes() else null) }

    /** The hand-in: the answer to the auditor's challenge of 32 bytes, and the log. It holds no record. */
    fun handIn(challenge: ByteArray): Outcome<ByteArray> = call({ Native.handIn(handle, challenge) }) { bytes() }

    /**
     * Says what became of a parcel.
     *
     * @param label the [Opened.label] or [Parcel.label] of it, or the bytes of its code's text.
     * @param code the seven digits that the recipient told, which are wiped here; it is kept only with an outcome that signs off.
     */
    fun signOff(
        label: ByteArray,
        outcome: ParcelOutcome = ParcelOutcome.DELIVERED,
        code: CharArray? = null,
        now: Long = now(),
    ): Outcome<Unit> {
        val digits = code?.digits()
        return call({ digits.wipedAfter { Native.signOff(handle, label, outcome.ordinal, digits, now) } }) { }
    }

    /**
     * Takes back what was said last of a parcel. Gives whether its label opens again; if not, the keys of the loaded label went with the
     * sign-off, and a pass opens it.
     */
    fun takeBack(label: ByteArray, now: Long = now()): Outcome<Boolean> = call({ Native.takeBack(handle, label, now) }) { flag() }

    /** The day's parcels, masked, in the order of the round: what is still to be brought first, then by place and number. */
    fun parcels(): Outcome<List<Parcel>> = call({ Native.parcels(handle) }) { list { Parcel.of(this) } }

    /** The parcels whose phone ends with these four digits, as a recipient names them at the door. */
    fun find(digits: String): Outcome<List<Parcel>> =
        call({ Native.find(handle, digits.encodeToByteArray()) }) { list { Parcel.of(this) } }

    /** Begins an operator's shift. The PIN is wiped here. */
    fun beginShift(operator: Int, pin: CharArray, now: Long = now()): Outcome<Unit> {
        val digits = pin.digits()
        return call({ digits.wipedAfter { Native.beginShift(handle, operator, digits, now) } }) { }
    }

    /** Ends the shift; whether there was one. */
    fun endShift(now: Long = now()): Outcome<Boolean> = call({ Native.endShift(handle, now) }) { flag() }

    /** What the screen says of the device: plain values. */
    fun status(now: Long = now()): Outcome<Status> = call({ Native.status(handle, now) }) { Status.of(this) }

    /** Wipes the record that was shown, here and in the native library. */
    fun conceal(): Outcome<Unit> = call({ Native.conceal(handle) }) { }

    /** Wipes the record and lets the folder go. Again it does nothing; other calls are then answered by [Code.CLOSED]. */
    override fun close() {
        // A thread that is in a call ends the record itself, with its next one.
        if (turn.compareAndSet(false, true)) {
            try {
                shown?.close()
            } finally {
                turn.set(false)
            }
        }
        Native.close(handle)
    }

    private inline fun <T> call(native: () -> ByteArray, value: Reply.() -> T): Outcome<T> =
        inTurn({ Outcome.Failed(busy()) }) { Reply(native()).outcome(value) }

    /** The record that is shown ends with the next call; while another thread is in one, it stays as it is. */
    private inline fun <T> inTurn(otherwise: () -> T, block: () -> T): T {
        if (!turn.compareAndSet(false, true)) return otherwise()
        try {
            shown?.close()
            shown = null
            return block()
        } finally {
            turn.set(false)
        }
    }

    companion object {
        /**
         * Makes a folder the device's, from its enrolment, a secret, which is wiped here. Gives the age recipient to which its grants are
         * sealed; without [keys] it has none, and the text is empty.
         */
        fun enrol(folder: File, enrolment: ByteArray, keys: Keys? = null): Outcome<String> =
            enrolment.wipedAfter { Reply(Native.enrol(folder.bytes(), keys?.let(::KeysBridge), enrolment)) }.outcome { text() }

        /**
         * Makes the device anew in a folder whose key the key store has lost, under a name that it did not have before. The log of then
         * stays until a head of the new one is signed; [lostLog] is it.
         */
        fun enrolAnew(folder: File, enrolment: ByteArray, keys: Keys): Outcome<String> =
            enrolment.wipedAfter { Reply(Native.enrolAnew(folder.bytes(), KeysBridge(keys), enrolment)) }.outcome { text() }

        /**
         * Opens a device; this alone waits for the key store. [Code.KEYSTORE_LOST] is answered by handing [lostLog] in and [enrolAnew],
         * [Code.KEYSTORE_UNAVAILABLE] by trying again.
         */
        fun open(folder: File, keys: Keys? = null, now: Long = now()): Outcome<Device> =
            Reply(Native.open(folder.bytes(), keys?.let(::KeysBridge), now)).outcome { Device(long()) }

        /** The hand-in of a device whose key the key store has lost: its log, without an answer. */
        fun lostLog(folder: File): Outcome<ByteArray> = Reply(Native.lostLog(folder.bytes())).outcome { bytes() }

        private fun busy() = Failure(Code.BUSY, Code.BUSY.number, NextStep.RETRY, 0, "another thread is using the device")

        private fun tooMany() =
            Failure(Code.TOO_LARGE, Code.TOO_LARGE.number, NextStep.ASK_DEPOT, 0, "a pass is for ${GivenPass.LABELS_MAX} labels at most")

        private fun now(): Long = System.currentTimeMillis() / 1000
    }
}

private fun File.bytes(): ByteArray = path.encodeToByteArray()

private inline fun <T> ByteArray?.wipedAfter(block: () -> T): T = try {
    block()
} finally {
    this?.fill(0)
}

/** The digits as bytes; the characters are wiped. What is no digit stays none, so that the native library refuses it. */
private fun CharArray.digits(): ByteArray {
    val digits = ByteArray(size) { if (this[it] in '0'..'9') this[it].code.toByte() else '?'.code.toByte() }
    fill('\u0000')
    return digits
}
