package io.wayseal.device

import io.wayseal.device.internal.Reply

/**
 * A request for a colleague's parcels: a file to send, or its digits to show as a QR code. It opens nothing, and is good for one answer
 * and an hour.
 */
class PassRequest internal constructor(val file: ByteArray, val digits: String)

/** A pass for the colleague who asked. It is sealed to that device: whoever carries it sees nothing. */
class GivenPass internal constructor(
    /** The name of the colleague's device. */
    val to: String,
    /** The file, `*.pass` in the colleague's inbox. */
    val file: ByteArray,
    /** The same as digits, for a QR code; `null` for more labels than such a code holds, which is twenty. */
    val digits: String?,
    val labels: Int,
    /** The last day on which they open, in days since 2020-01-01. */
    val until: Int,
) {
    internal companion object {
        /** The most labels of a pass. */
        const val LABELS_MAX = 200

        fun of(reply: Reply) = with(reply) { GivenPass(text(), bytes(), textOrNull(), int(), int()) }
    }
}
