package io.wayseal.courier

import io.wayseal.device.Device
import io.wayseal.device.Opened
import io.wayseal.device.Outcome
import io.wayseal.device.ParcelOutcome
import io.wayseal.device.Scanned
import io.wayseal.device.depot.DepotExchange
import io.wayseal.device.depot.DepotTransport
import io.wayseal.device.scan.Line
import io.wayseal.device.valueOrNull
import java.io.File
import java.text.SimpleDateFormat
import java.util.Date
import java.util.Locale
import java.util.TimeZone

/** The courier's day: each step calls the device and says what the app shows. It knows nothing of views. */
class Courier(
    private val device: Device,
    private val texts: Texts,
    private val files: PassFiles,
    private val clock: () -> Long = { System.currentTimeMillis() / 1000 },
) {
    /** The number in the bar code that was scanned last: it belongs to the QR code that comes next. */
    private var printed: String? = null

    /** The request of the colleague who asks for parcels. */
    private var request: ByteArray? = null

    /** What a scan engine or a camera read: opens a label, or loads it at the depot. */
    fun scanned(text: String, loading: Boolean = false, beside: String? = null): Screen = when (val line = Line.of(text)) {
        is Line.Waybill -> {
            printed = line.number
            Screen.Message(texts.text(R.string.printed, line.number))
        }
        is Line.Label -> {
            val number = beside ?: printed
            printed = null
            if (loading) load(line.text, number) else open(line.text, number)
        }
        is Line.Request -> asks(line.digits.encodeToByteArray())
        is Line.Pass -> take(line.digits.encodeToByteArray())
        is Line.Unreadable -> Screen.Message(texts.of(line.fault))
    }

    /** Asks a colleague for parcels: a code to show, and a file to send instead. */
    fun ask(): Screen = when (val asked = device.ask(clock())) {
        is Outcome.Done -> {
            val name = device.status(clock()).valueOrNull()?.device.orEmpty()
            when (val file = files.put(name, "request", asked.value.file)) {
                null -> Screen.Code(asked.value.digits, texts.text(R.string.not_kept))
                else -> Screen.Code(asked.value.digits, texts.text(R.string.asking, file))
            }
        }
        is Outcome.Failed -> Screen.Message(texts.of(asked.failure))
    }

    /** A colleague asks, by code or by file: which parcels? */
    private fun asks(bytes: ByteArray): Screen = when (val name = device.asked(bytes, clock())) {
        is Outcome.Done -> {
            request = bytes
            when (val parcels = device.parcels()) {
                is Outcome.Done -> Screen.Choice(parcels.value.filterNot { it.delivered }, texts.text(R.string.asks, name.value))
                is Outcome.Failed -> Screen.Message(texts.of(parcels.failure))
            }
        }
        is Outcome.Failed -> Screen.Message(texts.of(name.failure))
    }

    /** Gives parcels to the colleague who asked: a code to show, and a file to send instead. */
    fun give(labels: List<ByteArray>): Screen {
        val asked = request ?: return Screen.Message(texts.text(R.string.nobody_asked))
        return when (val given = device.give(asked, labels, now = clock())) {
            is Outcome.Done -> {
                request = null
                val pass = given.value
                val file = files.put(pass.to, "pass", pass.file) ?: texts.text(R.string.not_kept)
                val text = if (pass.digits == null) R.string.given_by_file else R.string.given
                Screen.Code(pass.digits, texts.text(text, pass.labels, pass.to, day(pass.until), file))
            }
            // The request stays good for another choice.
            is Outcome.Failed -> Screen.Message(texts.ofGiving(given.failure))
        }
    }

    private fun take(bytes: ByteArray): Screen = device.take(bytes, clock()).shown { texts.text(R.string.taken, it.added) }

    /** Takes the passes that colleagues sent as files, or the request of the one who asks by file. */
    fun colleagues(): Screen {
        val passes = files.received("pass")
        if (passes.isNotEmpty()) {
            val said = passes.map { file ->
                when (val taken = device.take(file.readBytes(), clock())) {
                    is Outcome.Done -> texts.text(R.string.taken, taken.value.added).also { file.delete() }
                    // It is kept, and not tried again by itself.
                    is Outcome.Failed -> texts.of(taken.failure).also { file.renameTo(File(file.path + ".refused")) }
                }
            }
            return Screen.Message(said.joinToString("\n"))
        }
        val asking = files.received("request").firstOrNull() ?: return Screen.Message(texts.text(R.string.no_files, files.place))
        return asks(asking.readBytes()).also { asking.delete() }
    }

    private fun open(text: String, number: String?): Screen = when (val scanned = device.scan(text, number, now = clock())) {
        is Opened -> scanned.use { opened ->
            val said = ArrayList<String>()
            said += texts.text(R.string.opened, opened.waybill, opened.times)
            if (opened.repeated) said += texts.text(R.string.sent_twice)
            opened.left?.let { said += texts.text(R.string.left, it) }
            Screen.Record(ShownRecord(opened), said.joinToString("\n"))
        }
        is Scanned.Refused -> Screen.Message(texts.of(scanned.failure))
        is Scanned.Failed -> Screen.Message(texts.of(scanned.failure))
    }

    private fun load(text: String, number: String?): Screen =
        device.load(text, number, clock()).shown { texts.text(R.string.loaded, it) }

    /** Sets off: from now on the loaded parcels alone open. */
    fun lock(depot: String): Screen = device.lock(depot, clock()).shown { texts.text(R.string.locked) }

    /** Says what became of a parcel; the code is wiped. */
    fun conclude(label: ByteArray, outcome: ParcelOutcome, code: CharArray? = null): Screen {
        val given = code?.takeIf { it.isNotEmpty() }
        return device.signOff(label, outcome, given, clock()).shown { texts.of(outcome) }
    }

    fun takeBack(label: ByteArray): Screen = device.takeBack(label, clock())
        .shown { opens -> texts.text(if (opens) R.string.taken_back else R.string.taken_back_erased) }

    /** The day's list, or the parcels of a phone's last digits. */
    fun parcels(digits: String = ""): Screen {
        val found = if (digits.isEmpty()) device.parcels() else device.find(digits)
        return when (found) {
            is Outcome.Done -> Screen.Parcels(found.value)
            is Outcome.Failed -> Screen.Message(texts.of(found.failure))
        }
    }

    fun beginShift(operator: Int, pin: CharArray): Screen =
        device.beginShift(operator, pin, clock()).shown { texts.text(R.string.shift_begun, operator) }

    /** Takes what waits at the depot, and hands the log in if it is wanted. */
    fun exchange(depot: DepotTransport?): Screen {
        val transport = depot ?: return Screen.Message(texts.text(R.string.no_depot))
        return when (val result = DepotExchange(transport).run(device, clock())) {
            is DepotExchange.Result.Done -> {
                val refused = result.receipts.mapNotNull { (it.taken as? Outcome.Failed)?.failure }
                val said = arrayListOf(texts.text(R.string.exchanged, result.receipts.size - refused.size, refused.size))
                refused.mapTo(said) { texts.of(it) }
                if (result.handedIn) said += texts.text(R.string.handed_in)
                Screen.Message(said.joinToString("\n"))
            }
            is DepotExchange.Result.Offline -> Screen.Message(texts.text(R.string.offline))
            is DepotExchange.Result.Failed -> Screen.Message(texts.of(result.failure))
        }
    }

    /** A line about the device. */
    fun status(): Screen = device.status(clock()).shown {
        texts.text(R.string.status, it.device, it.list, it.daysLeft, it.loaded)
    }

    private inline fun <T> Outcome<T>.shown(text: (T) -> String): Screen = when (this) {
        is Outcome.Done -> Screen.Message(text(value))
        is Outcome.Failed -> Screen.Message(texts.of(failure))
    }
}

/** A day since 2020-01-01, as a date. */
private fun day(number: Int): String {
    val format = SimpleDateFormat("yyyy-MM-dd", Locale.ROOT).apply { timeZone = TimeZone.getTimeZone("UTC") }
    return format.format(Date((number + 18_262L) * 86_400_000))
}
