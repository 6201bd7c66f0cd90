package io.wayseal.courier

import java.io.File
import java.io.IOException

/**
 * The files that colleagues send each other instead of showing a code: requests (`*.request`) and passes (`*.pass`), in a folder to which
 * another app may bring them. They are sealed or open nothing: whoever sees one learns no recipient.
 */
class PassFiles(private val folder: File) {
    val place: String get() = folder.path

    /** Writes a file for a colleague; its name, or `null` if it could not be written. */
    fun put(name: String, ending: String, bytes: ByteArray): String? = try {
        // A device's name has none of the characters that end a folder.
        val file = File(folder.apply { mkdirs() }, "for-${name.filter { it.isLetterOrDigit() || it in "-_." }}.$ending")
        file.writeBytes(bytes)
        file.name
    } catch (_: IOException) {
        null
    }

    /** The files of colleagues, in the order of their names, each no larger than one may be; this device's own are left out. */
    fun received(ending: String): List<File> =
        folder.listFiles { file -> file.isFile && file.extension == ending && !file.name.startsWith("for-") && file.length() <= SIZE_MAX }
            .orEmpty().sortedBy { it.name }

    private companion object {
        const val SIZE_MAX = 64L * 1024
    }
}
