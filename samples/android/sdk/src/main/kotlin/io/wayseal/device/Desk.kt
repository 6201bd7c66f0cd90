package io.wayseal.device

import io.wayseal.device.internal.Fields
import io.wayseal.device.internal.Reply

/**
 * Where a desk's new label sends a parcel, and what it says beside the people.
 *
 * @property code the station's code, which is the address of a return without another one.
 * @property contact whether the label has phones and sender.
 */
class Station(
    val region: Int,
    val site: Int,
    val code: String,
    val routing: String = "",
    val hub: String = "",
    val goods: String = "",
    val remark: String = "",
    val contact: Boolean = true,
) {
    internal fun fields(): Fields =
        Fields().int(region).int(site).flag(contact).text(code).text(routing).text(hub).text(goods).text(remark)
}

/** Who takes a returned parcel, if its label has no sender. */
class ReturnPlace(
    val name: String,
    val phone: String = "",
    val province: String = "",
    val city: String = "",
    val district: String = "",
    val detail: String,
)

/** A desk's new label, to be printed. Of the people it has their masks alone. */
class NewLabel internal constructor(
    /** The text of the QR code. */
    val text: String,
    val waybill: String,
    /** The recipient, masked. */
    val name: String,
    val phone: String,
    val address: String,
    /** The new label, and the one that it takes the place of. */
    val label: ByteArray,
    val old: ByteArray,
    /** Labels left in the budget; `null` without one. */
    val left: Int?,
    /** What of the sender did not fit. */
    val senderNameLeftOut: Boolean,
    val senderPhoneLeftOut: Boolean,
    /** Whether the old label had entries of a later version, which the new one has not. */
    val lostEntries: Boolean,
    /** Of a return: whether the old label had no sender, so that the parcel goes to the [ReturnPlace]. */
    val withoutSender: Boolean,
) {
    internal companion object {
        fun of(reply: Reply) = with(reply) {
            NewLabel(
                text(), text(), text(), text(), text(), bytes(), bytes(), longOrNull()?.toInt(), flag(), flag(), flag(), flag(),
            )
        }
    }
}
