package io.wayseal.device

import java.nio.ByteBuffer
import java.nio.CharBuffer
import java.nio.charset.CodingErrorAction

/**
 * A text of an opened record. It is outside the heap, in memory that does not move and that [Opened.close] overwrites, so that no copy
 * of it is left for the collector. What is taken out of it is the caller's to wipe; there is no `String` of it.
 */
class Secret internal constructor(private val opened: Opened, private val from: Int, private val length: Int) {
    /** Whether the record has nothing here. */
    val isEmpty: Boolean get() = length == 0

    /**
     * Lends the characters, and wipes them when [block] returns.
     *
     * @throws IllegalStateException if the record was closed, or another call of the device took its place.
     */
    inline fun <R> use(block: (CharArray) -> R): R {
        val chars = chars()
        try {
            return block(chars)
        } finally {
            chars.fill('\u0000')
        }
    }

    /**
     * A copy of the characters, for a view that keeps the array, such as `TextView.setText(char[], int, int)`. Fill it with zeros when it
     * is no longer shown.
     *
     * @throws IllegalStateException if the record was closed, or another call of the device took its place.
     */
    fun chars(): CharArray = opened.read(from, length) { bytes ->
        // One array of the size that is needed: an intermediate one would have to be wiped, too.
        val decoder = Charsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
        val count = units(bytes.duplicate())
        CharArray(count).also { decoder.decode(bytes, CharBuffer.wrap(it), true) }
    }

    /** A fixed text: a record is in no log. */
    override fun toString(): String = "Secret"

    private fun units(bytes: ByteBuffer): Int {
        var count = 0
        while (bytes.hasRemaining()) {
            val byte = bytes.get().toInt() and 0xff
            // Every byte but those that continue a character; two units for those of four bytes.
            if (byte and 0xc0 != 0x80) count += if (byte >= 0xf0) 2 else 1
        }
        return count
    }
}
