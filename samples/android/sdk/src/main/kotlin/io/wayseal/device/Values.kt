package io.wayseal.device

import io.wayseal.device.internal.Reply

/** What a label is opened for, as grants name it. */
enum class Purpose(internal val number: Int) { DELIVER(1), RETURN(2), RELABEL(3), ENQUIRY(4), CALL(5) }

/** Which sections of a label to open: all that the keys open, the recipient's, the phones and sender, or both. */
enum class Want { HELD, DELIVERY, CONTACT, BOTH }

/** What became of a parcel in a round. */
enum class ParcelOutcome(
    /** Whether the parcel is signed off with it: only then does a delivery code belong to it. */
    val signsOff: Boolean,
) {
    DELIVERED(true),
    HANDED_OVER(true),
    LEFT(true),
    NOBODY(false),
    REFUSED(false),
    WRONG_ADDRESS(false),
    DAMAGED(false),
}

/**
 * What was taken.
 *
 * @property kind `grant`, `pass`, `list`, `head` or `operators`.
 * @property number the serial of a grant or pass, the number of a list, the entries of a head.
 * @property added of a grant: keys that were not held before.
 * @property erased of a grant: keys that were held before.
 */
class Received internal constructor(val kind: String, val number: Long, val added: Int, val erased: Int) {
    internal companion object {
        fun of(reply: Reply) = with(reply) { Received(text(), long(), int(), int()) }
    }
}

/** What became of one thing that was brought: the name that it came under, and what was taken or why not. */
class Receipt internal constructor(val name: String, val taken: Outcome<Received>) {
    internal companion object {
        fun of(reply: Reply) = with(reply) {
            Receipt(text(), if (flag()) Outcome.Done(Received.of(this)) else Outcome.Failed(checkNotNull(failureOrNull())))
        }
    }
}

/** What a depot's answer brought; with a [challenge] it wants a hand-in: [Device.handIn]. */
class Fetched internal constructor(val receipts: List<Receipt>, val challenge: ByteArray?)

/** A parcel in the day's list, masked as on its label: nothing here is a secret. */
class Parcel internal constructor(
    /** The label's number for [Device.signOff]. */
    val label: ByteArray,
    val waybill: String,
    val name: String,
    val address: String,
    /** The place and the building; empty if the parcel was not loaded or opened since the device was opened. */
    val place: String,
    /** The last digits of the phone, as far as the mask shows them. */
    val phone: String,
    /** Whether it is signed off. */
    val delivered: Boolean,
    /** The stable name of what was said of it last, such as `nobody`; `null` if nothing was. */
    val outcome: String?,
) {
    internal companion object {
        fun of(reply: Reply) = with(reply) { Parcel(bytes(), text(), text(), text(), text(), text(), flag(), textOrNull()) }
    }
}

/** What the screen says of a device. It holds no secret. */
class Status internal constructor(
    /** The device's name. */
    val device: String,
    /** Its age recipient; empty without a key store. */
    val recipient: String,
    /** Entries of the log, and those of which the auditor has signed the head. */
    val entries: Long,
    val handedIn: Long,
    /** Whether the log follows one whose key was lost, and no head of it was signed yet: no budget counts. */
    val unanswered: Boolean,
    /** The number of the revocation list; 0 for none. */
    val list: Long,
    /** The last day on which it is valid, in days since 2020-01-01; `null` without one. */
    val listUntil: Int?,
    /** The newest signed time, in seconds since 1970-01-01 UTC, which the clock must not be before; 0 for none. */
    val floor: Long,
    /** The serial of the grant in use; 0 without one. */
    val grant: Long,
    /** Days for which a key may still be used, today included; 0 for no key. */
    val daysLeft: Int,
    /** Labels that may be opened between two hand-ins, and those left of them; `null` without a limit. */
    val budget: Int?,
    val left: Int?,
    /** Whether the keys of stations are locked away. */
    val locked: Boolean,
    /** Parcels that are loaded and not signed off. */
    val loaded: Int,
    /** The number of the newest list of operators; 0 if the device asks for none. */
    val operators: Long,
    /** The operator whose shift it is; 0 for nobody. */
    val operator: Int,
) {
    internal companion object {
        fun of(reply: Reply) = with(reply) {
            Status(
                device = text(),
                recipient = text(),
                entries = long(),
                handedIn = long(),
                unanswered = flag(),
                list = long(),
                listUntil = longOrNull()?.toInt(),
                floor = long(),
                grant = long(),
                daysLeft = int(),
                budget = longOrNull()?.toInt(),
                left = longOrNull()?.toInt(),
                locked = flag(),
                loaded = int(),
                operators = long(),
                operator = int(),
            )
        }
    }
}
