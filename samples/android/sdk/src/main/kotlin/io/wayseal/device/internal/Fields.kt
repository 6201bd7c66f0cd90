package io.wayseal.device.internal

import java.io.ByteArrayOutputStream

/** Several values in one argument: integers big endian, texts and bytes after their length in four bytes. */
internal class Fields {
    private val out = ByteArrayOutputStream()

    fun int(number: Int): Fields = apply { for (shift in 24 downTo 0 step 8) out.write(number shr shift) }

    fun flag(flag: Boolean): Fields = int(if (flag) 1 else 0)

    fun bytes(bytes: ByteArray): Fields = int(bytes.size).apply { out.write(bytes, 0, bytes.size) }

    fun text(text: String): Fields = bytes(text.encodeToByteArray())

    fun done(): ByteArray = out.toByteArray()
}
