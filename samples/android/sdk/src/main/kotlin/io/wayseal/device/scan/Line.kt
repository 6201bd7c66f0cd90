package io.wayseal.device.scan

import io.wayseal.device.internal.Native
import io.wayseal.device.internal.Reply

/** What a scan engine sent, with AIM prefix, line end and what a keyboard did to it taken off. */
sealed interface Line {
    /** The text of a label's QR code, for [io.wayseal.device.Device.scan]. */
    class Label internal constructor(val text: String) : Line

    /** The waybill number in a label's bar code, told by its AIM prefix: what was printed. */
    class Waybill internal constructor(val number: String) : Line

    /** What a colleague's device shows that asks for parcels: [io.wayseal.device.Device.give] answers it. */
    class Request internal constructor(val digits: String) : Line

    /** What a colleague's device shows that gives some: [io.wayseal.device.Device.take] takes it. */
    class Pass internal constructor(val digits: String) : Line

    /** None of these. */
    class Unreadable internal constructor(
        val fault: Fault,
        /** An English sentence that says what to set on the scan engine, for the program's log. */
        val detail: String,
    ) : Line

    /** What was done to a text on the way. */
    enum class Fault {
        EMPTY,

        /** The text of another code; without an AIM prefix a bar code's number is that, too. */
        NOT_OURS,
        DAMAGED,

        /** Two keyboard layouts give two labels. */
        AMBIGUOUS,
        SHIFT_LOST,

        /** A rule of the scan engine removes spaces, which are characters of the code. */
        SPACES_LOST,
        INPUT_METHOD,
        SEVERAL,
    }

    companion object {
        /** Reads what a scan engine sent. */
        fun of(text: String): Line = with(Reply(Native.line(text.encodeToByteArray()))) {
            val kind = text()
            val content = text()
            when (kind) {
                "label" -> Label(content)
                "waybill" -> Waybill(content)
                "request" -> Request(content)
                "pass" -> Pass(content)
                else -> Unreadable(Fault.entries.firstOrNull { it.name.equals(kind, true) } ?: Fault.NOT_OURS, content)
            }
        }
    }
}
