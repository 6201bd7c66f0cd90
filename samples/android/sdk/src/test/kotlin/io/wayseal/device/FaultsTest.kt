package io.wayseal.device

import com.sun.management.HotSpotDiagnosticMXBean
import io.wayseal.device.Depot.Companion.NOW
import java.io.File
import java.io.RandomAccessFile
import java.lang.management.ManagementFactory
import java.nio.channels.FileChannel
import java.util.Collections
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeNotNull
import org.junit.Test

/** Threads, kills, a full disk, and what stays in memory. */
class FaultsTest {
    private val depot = Depot()

    @After fun end() = depot.close()

    private fun enrolled(folder: File) {
        Device.enrol(folder, depot.enrolment("pda-17")).done()
        Device.open(folder, now = NOW).done().use { it.take(depot.grant("pda-17"), NOW).done() }
    }

    @Test fun `eight threads on one handle are busy or served and never both`() {
        val folder = File(Depot.folder(), "pda")
        enrolled(folder)
        val device = Device.open(folder, now = NOW).done()
        val labels = (1..8).map { depot.label(it).text }
        val told = Collections.synchronizedList(mutableListOf<Code?>())
        val begin = CountDownLatch(1)
        val threads = labels.map { label ->
            thread {
                begin.await()
                repeat(60) { at -> told += device.scan(label, now = NOW + at * 10L).code() }
            }
        }
        begin.countDown()
        Thread.sleep(20)
        // Another handle of the folder, and a close in the middle of it all.
        assertEquals(Code.BUSY, Device.open(folder, now = NOW).failed())
        threads.forEach { it.join() }
        assertEquals(480, told.size)
        val counts = told.groupingBy { it }.eachCount()
        assertEquals("$counts", setOf(null, Code.BUSY), counts.keys + setOf(null, Code.BUSY))
        assertTrue("$counts", counts.getValue(null) > 0 && counts.getValue(Code.BUSY) > 0)
        val closing = labels.map { label -> thread { repeat(20) { device.scan(label, now = NOW + 9000) } } }
        device.close()
        closing.forEach { it.join() }
        assertEquals(Code.CLOSED, device.scan(labels[0], now = NOW).code())
        val opened = depot.log(Device.lostLog(folder).done()).count(::isOpening)
        assertTrue("$opened openings on the log", opened >= counts.getValue(null))
        Device.open(folder, now = NOW).done().close()
    }

    private fun isOpening(entry: String) = entry in setOf("opened", "opened_again", "opened_uncounted", "repeated")

    @Test fun `what was shown before a kill is on the log`() {
        val folder = File(Depot.folder(), "pda")
        enrolled(folder)
        val labels = File(Depot.folder(), "labels")
        labels.writeText((1..40).joinToString("\n") { depot.label(it).text })
        var shown = 0
        repeat(5) { round ->
            val said = File(folder.parent, "said.$round")
            val java = File(System.getProperty("java.home"), "bin/java").path
            val process = ProcessBuilder(
                java, "-Djava.library.path=${System.getProperty("java.library.path")}", "-cp", System.getProperty("java.class.path"),
                "io.wayseal.device.KilledKt", folder.path, labels.path, "${NOW + round * 1000}",
            ).redirectError(ProcessBuilder.Redirect.INHERIT).redirectOutput(said).start()
            // Somewhere in the middle of a scan: its lines are those of records that were shown.
            while (said.length() < "shown\n".length * (7 + round * 5)) check(process.isAlive)
            Thread.sleep(0, 200_000 * round)
            assertTrue(process.destroyForcibly().waitFor(20, TimeUnit.SECONDS))
            val seen = said.readLines().count { it == "shown" }
            shown += seen
            val opened = depot.log(Device.lostLog(folder).done()).count(::isOpening)
            assertTrue("round $round: $opened openings on the log, $shown shown", opened >= shown)
            Device.open(folder, now = NOW + round * 1000 + 500).done().use { device ->
                assertNull(device.scan(labels.readLines()[round], now = NOW + round * 1000 + 600).code())
                shown += 1
            }
        }
    }

    @Test fun `a full disk is a value and nothing is shown`() {
        val small = System.getProperty("wayseal.small")?.takeIf { it.isNotEmpty() }
        assumeNotNull("no small disk: -Dwayseal.small names an empty file system of a megabyte", small)
        val folder = File(small, "pda")
        enrolled(folder)
        val device = Device.open(folder, now = NOW).done()
        val filler = File(small, "filler")
        val labels = (1..3).map { depot.label(it) }
        assertNull(device.scan(labels[0].text, now = NOW).code())
        RandomAccessFile(filler, "rw").use { file ->
            val block = ByteArray(512)
            runCatching { while (true) file.write(block) }
        }
        // Until the log's last block is full, entries still fit in it.
        var told: Scanned = device.scan(labels[1].text, now = NOW)
        var at = 0L
        while (told.code() == null && at < 400) {
            at += 1
            told = device.scan(labels[1].text, now = NOW + at * 10)
        }
        assertEquals(Code.DISK_FULL, told.code())
        assertEquals(NextStep.FREE_SPACE, (told as Scanned.Failed).failure.next)
        assertTrue(filler.delete())
        assertNull(device.scan(labels[2].text, now = NOW + 9000).code())
        val entries = depot.log(device.handIn(depot.challenge()).done())
        assertTrue("$entries", entries.last() == "opened")
        device.close()
    }

    @Test fun `no recipient is in a heap dump after close`() {
        val folder = File(Depot.folder(), "pda")
        enrolled(folder)
        val device = Device.open(folder, now = NOW).done()
        val labels = (1..5).map { depot.label(it) }
        // The control: what is held is found.
        val held = (device.scan(labels[0].text, now = NOW) as Opened).use { it.name.chars() }
        for (label in labels.drop(1)) {
            val opened = device.scan(label.text, now = NOW) as Opened
            opened.name.use { it.size }
            opened.phone!!.number.use { it.size }
            // As a view keeps and wipes them.
            opened.detail.chars().fill('\u0000')
            opened.close()
        }
        device.signOff(labels[1].text.encodeToByteArray(), code = depot.code(labels[1]), now = NOW).done()
        assertEquals(5, device.parcels().done().size)
        device.close()
        val dump = File(Depot.folder(), "heap.hprof")
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean::class.java).dumpHeap(dump.path, false)
        val control = held.copyOf()
        RandomAccessFile(dump, "r").use { file ->
            assertTrue("the search finds nothing", file.finds(Depot.shown(labels[0].hiddenName)))
            for (label in labels.drop(1)) {
                assertFalse("a name stays in memory", file.finds(Depot.shown(label.hiddenName)))
                assertFalse("a phone stays in memory", file.finds(Depot.shown(label.hiddenPhone).copyOf(11)))
            }
        }
        assertTrue(dump.delete())
        control.fill('\u0000')
    }

    /** Whether a dump has a text of UTF-8 bytes, or of characters as the machine or the dump writes them. */
    private fun RandomAccessFile.finds(text: ByteArray): Boolean {
        val decoded = text.decodeToString()
        val forms = listOf(text, decoded.toByteArray(Charsets.UTF_16BE), decoded.toByteArray(Charsets.UTF_16LE))
        val size = length()
        var from = 0L
        while (from < size) {
            val length = minOf(size - from, 1L shl 28)
            val part = channel.map(FileChannel.MapMode.READ_ONLY, from, length)
            val bytes = ByteArray(length.toInt()).also { part.get(it) }
            if (forms.any { form -> bytes.has(form) }) return true
            if (from + length >= size) return false
            from += length - 64
        }
        return false
    }

    private fun ByteArray.has(form: ByteArray): Boolean {
        val first = form[0]
        for (at in 0..size - form.size) {
            if (this[at] == first && form.indices.all { this[at + it] == form[it] }) return true
        }
        return false
    }
}
