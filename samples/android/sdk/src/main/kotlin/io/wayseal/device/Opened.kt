package io.wayseal.device

import java.nio.ByteBuffer

/** What came of a scan. Its entry is on the device's log before this exists. */
sealed interface Scanned {
    /** The label does not open, for a reason on which the courier acts. */
    class Refused internal constructor(val failure: Failure) : Scanned {
        val code: Code get() = failure.code
        val next: NextStep get() = failure.next
    }

    /** The device could not do it: nothing may be shown. */
    class Failed internal constructor(val failure: Failure) : Scanned
}

/**
 * An opened record. It is valid until [close] or the device's next call, whichever comes first; reading it later throws.
 */
class Opened internal constructor(
    private val record: ByteBuffer,
    /** The label's number for [Device.signOff]: no secret. */
    val label: ByteArray,
    /** The number of this opening of the label, 1 for the first. */
    val times: Int,
    /** Whether the scan was sent twice: a part of the opening before it, charged once. */
    val repeated: Boolean,
    /** Labels left in the budget until the next hand-in; `null` without a budget. */
    val left: Int?,
) : Scanned, AutoCloseable {
    private var closed = false

    /** The waybill number, which is printed on the label. */
    val waybill: String
    val name: Secret
    val country: Secret
    val postcode: Secret
    val province: Secret
    val city: Secret
    val district: Secret

    /** The six digits of the division's code, also where its names are not known; empty if the label has names. */
    val divisionCode: Secret
    val street: Secret
    val detail: Secret
    val note: Secret

    /** The recipient's phone; `null` if the label has none that the keys open. */
    val phone: Phone?
    val senderPhone: Phone?
    val senderName: Secret

    init {
        var at = 0
        val next = {
            val length = record.getInt(at)
            Secret(this, at + 4, length).also { at += 4 + length }
        }
        waybill = next().use { it.concatToString() }
        name = next()
        country = next()
        postcode = next()
        province = next()
        city = next()
        district = next()
        divisionCode = next()
        street = next()
        detail = next()
        note = next()
        phone = Phone.of(next(), next())
        senderPhone = Phone.of(next(), next())
        senderName = next()
    }

    internal fun <R> read(from: Int, length: Int, block: (ByteBuffer) -> R): R = synchronized(record) {
        check(!closed) { "the record was closed, or another call of the device took its place" }
        val view = record.duplicate()
        view.limit(from + length)
        view.position(from)
        block(view.slice())
    }

    /** Wipes the record. Again it does nothing. */
    override fun close() = synchronized(record) {
        if (!closed) {
            closed = true
            record.clear()
            record.put(ZEROS)
            record.clear()
        }
    }

    /** A fixed text: a record is in no log. */
    override fun toString(): String = "Opened"

    internal companion object {
        /** Bytes of the longest record: its texts have a kilobyte each at most. */
        const val RECORD_MAX = 16 * 1024
        private val ZEROS = ByteArray(RECORD_MAX)
    }
}

/** A phone as it is dialled: the number, then the extension once it answers. */
class Phone private constructor(val number: Secret, val extension: Secret?) {
    override fun toString(): String = "Phone"

    internal companion object {
        fun of(number: Secret, extension: Secret): Phone? =
            if (number.isEmpty) null else Phone(number, extension.takeUnless { it.isEmpty })
    }
}
