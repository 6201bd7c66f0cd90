package io.wayseal.device.internal

import io.wayseal.device.Code
import io.wayseal.device.Failure
import io.wayseal.device.NextStep
import io.wayseal.device.Outcome

/**
 * What a native call returned: the code's number, how many it counts, what to do next, a text for the program's log, and the call's
 * values. Integers are big endian, texts have their length before them, in four bytes.
 */
internal class Reply(private val bytes: ByteArray) {
    private var at = 0

    /** What failed; `null` if the call was done. */
    val failure: Failure? = failureOrNull()

    inline fun <T> outcome(value: Reply.() -> T): Outcome<T> =
        failure?.let { Outcome.Failed(it) } ?: Outcome.Done(value())

    fun failureOrNull(): Failure? {
        val number = int()
        val count = int()
        val next = text()
        val detail = text()
        return if (number == 0) null else Failure(Code.of(number), number, NextStep.of(next), count, detail)
    }

    private fun byte(): Int = bytes[at++].toInt() and 0xff

    fun flag(): Boolean = byte() != 0

    fun int(): Int {
        var value = 0
        repeat(4) { value = value shl 8 or byte() }
        return value
    }

    fun long(): Long {
        var value = 0L
        repeat(8) { value = value shl 8 or byte().toLong() }
        return value
    }

    /** A number that may be missing. */
    fun longOrNull(): Long? = if (flag()) long() else null

    fun bytes(): ByteArray {
        val length = int()
        at += length
        return bytes.copyOfRange(at - length, at)
    }

    fun text(): String = bytes().decodeToString()

    fun textOrNull(): String? = if (flag()) text() else null

    inline fun <T> list(item: Reply.() -> T): List<T> = List(int()) { item() }
}
