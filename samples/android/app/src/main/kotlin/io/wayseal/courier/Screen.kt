package io.wayseal.courier

import io.wayseal.device.Opened
import io.wayseal.device.Parcel
import io.wayseal.device.Secret

/** What the app shows after a step. */
sealed interface Screen {
    /** A sentence or two. */
    class Message(val text: String) : Screen

    /** An opened record; the screen that takes its place closes it. */
    class Record(val record: ShownRecord, val text: String) : Screen

    /** Masked parcels. */
    class Parcels(val parcels: List<Parcel>) : Screen

    /** Masked parcels, of which some go to the colleague who asks. */
    class Choice(val parcels: List<Parcel>, val text: String) : Screen

    /** A code for a colleague to scan; without digits the file alone goes. */
    class Code(val digits: String?, val text: String) : Screen
}

/** A record in arrays that views show and that are filled with zeros when it is put away. */
class ShownRecord(opened: Opened) : AutoCloseable {
    /** The label's number. */
    val label: ByteArray = opened.label
    val name: CharArray = opened.name.chars()
    val address: CharArray =
        joined(opened.province, opened.city, opened.district, opened.street, opened.detail, opened.postcode)
    val note: CharArray = opened.note.chars()
    val phone: CharArray = opened.phone?.number?.chars() ?: CharArray(0)
    val extension: CharArray = opened.phone?.extension?.chars() ?: CharArray(0)

    override fun close() = listOf(name, address, note, phone, extension).forEach { it.fill('\u0000') }

    override fun toString(): String = "ShownRecord"
}

/** Texts one after the other, each on a line of its own; what was copied in between is wiped. */
private fun joined(vararg parts: Secret): CharArray {
    val arrays = parts.filterNot { it.isEmpty }.map { it.chars() }
    val whole = CharArray(arrays.sumOf { it.size } + maxOf(0, arrays.size - 1))
    var at = 0
    for ((number, array) in arrays.withIndex()) {
        if (number > 0) whole[at++] = '\n'
        array.copyInto(whole, at)
        at += array.size
        array.fill('\u0000')
    }
    return whole
}
