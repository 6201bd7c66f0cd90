package io.wayseal.device

import java.io.File

/** Scans labels again and again, and says each record that it shows, until it is killed. */
fun main(arguments: Array<String>) {
    val (folder, labels, begun) = arguments
    val texts = File(labels).readLines()
    val device = (Device.open(File(folder), now = begun.toLong()) as Outcome.Done).value
    var now = begun.toLong()
    while (true) {
        for (text in texts) {
            now += 6
            val scanned = device.scan(text, now = now)
            if (scanned is Opened && scanned.name.use { it.isNotEmpty() }) println("shown")
        }
    }
}
