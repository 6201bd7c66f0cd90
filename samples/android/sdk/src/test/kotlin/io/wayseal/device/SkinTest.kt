package io.wayseal.device

import io.wayseal.device.Depot.Companion.NOW
import io.wayseal.device.internal.Native
import io.wayseal.device.internal.Reply
import io.wayseal.device.scan.Line
import java.awt.Color
import java.awt.RenderingHints
import java.awt.image.BufferedImage
import java.awt.image.DataBufferByte
import java.io.File
import java.nio.ByteBuffer
import javax.imageio.ImageIO
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** What the skin adds: codes, lines, frames, threads; and how long calls take. */
class SkinTest {
    @Test fun `every code and step of the native library is an entry here`() {
        val native = Reply(Native.codes()).list { Triple(int(), text(), text()) }
        assertEquals(native.map { it.first to it.second }, Code.entries.filter { it != Code.UNKNOWN }.map { it.number to it.id })
        for ((_, name, next) in native) assertTrue("$name: $next", NextStep.of(next) != NextStep.UNKNOWN)
        assertEquals(NextStep.UNKNOWN, NextStep.of("dance"))
        assertEquals(Code.UNKNOWN, Code.of(9999))
    }

    @Test fun `lines lose what a scan engine adds and removed spaces are named`() {
        Depot().use { depot ->
            // Spaces are three in forty-five characters: some label has some.
            val text = (1..50).map { depot.label(it).text }.first { it.count { char -> char == ' ' } > 3 }
            assertEquals(text, (Line.of("]Q1$text\r\n") as Line.Label).text)
            assertEquals(text, (Line.of(text) as Line.Label).text)
            assertEquals("YT0000000000001", (Line.of("]C0YT0000000000001\r") as Line.Waybill).number)
            assertEquals(Line.Fault.SPACES_LOST, (Line.of(text.replace(" ", "")) as Line.Unreadable).fault)
            assertEquals(Line.Fault.NOT_OURS, (Line.of("https://example.com") as Line.Unreadable).fault)
            assertEquals(Line.Fault.EMPTY, (Line.of("\r\n") as Line.Unreadable).fault)
        }
    }

    /**
     * A frame of 1280 × 720 with padding at the end of each row, and in it a label of the gallery, lying on its side, with [symbol] in the
     * place of its QR code.
     */
    private fun frame(symbol: List<String>?): Frame {
        val (width, height, stride) = listOf(1280, 720, 1344)
        val picture = BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY)
        val graphics = picture.createGraphics()
        graphics.color = Color(200, 200, 200)
        graphics.fillRect(0, 0, width, height)
        if (symbol != null) {
            val read = ImageIO.read(File(System.getProperty("wayseal.gallery"), "plain-100x150-203.png"))
            val label = BufferedImage(read.width, read.height, BufferedImage.TYPE_BYTE_GRAY)
            label.createGraphics().run {
                drawImage(read, 0, 0, null)
                color = Color.WHITE
                fillRect(432, 765, 345, 335)
                color = Color.BLACK
                val module = 300 / symbol.size
                symbol.forEachIndexed { y, row ->
                    row.forEachIndexed { x, dark -> if (dark == '1') fillRect(464 + x * module, 788 + y * module, module, module) }
                }
                dispose()
            }
            val scale = 0.85 * width / read.height
            graphics.translate(width / 2.0, height / 2.0)
            graphics.rotate(Math.PI / 2)
            graphics.scale(scale, scale)
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR)
            graphics.drawImage(label, -read.width / 2, -read.height / 2, null)
        }
        graphics.dispose()
        val pixels = (picture.raster.dataBuffer as DataBufferByte).data
        val luma = ByteBuffer.allocateDirect(stride * height)
        for (row in 0 until height) {
            luma.position(row * stride)
            luma.put(pixels, row * width, width)
        }
        luma.clear()
        return Frame(luma, width, height, stride)
    }

    @Test fun `a label is read in a frame with the number in its bar code`() = runBlocking {
        val (text, symbol) = Depot().use { depot -> depot.label(NUMBER).let { it.text to depot.symbol(it) } }
        val frame = frame(symbol)
        Camera().use { camera ->
            val seen = camera.frame(frame).done().single()
            assertEquals(listOf(text, NUMBER), listOf(seen.text, seen.printed))
            assertEquals(Code.ARGUMENT, camera.frame(Frame(frame.luma, 1280, 721, 1344)).failed())
            assertEquals(Code.ARGUMENT, camera.frame(Frame(frame.luma, 1345, 10, 1344)).failed())
            assertTrue(camera.frame(frame(null)).done().isEmpty())
            val flowed = withTimeout(20_000) { flow { while (true) emit(frame) }.labels(camera).first() }
            assertEquals(listOf(seen.text, seen.printed), listOf(flowed.text, flowed.printed))
        }
        val closed = Camera().also { it.close() }
        assertEquals(Code.CLOSED, closed.frame(frame).failed())
    }

    @Test fun `a device has a thread of its own and calls wait there for each other`() = runBlocking {
        Depot().use { depot ->
            val folder = File(Depot.folder(), "pda")
            Device.enrol(folder, depot.enrolment("pda-17")).done()
            val thread = DeviceThread(Device.open(folder, now = NOW).done())
            thread.with { take(depot.grant("pda-17"), NOW) }.done()
            val label = depot.label(1)
            repeat(20) { assertNull(thread.with { scan(label.text, now = NOW + it * 10L) }.code()) }
            assertEquals("wayseal", thread.with { Thread.currentThread().name }.substringBefore(' '))
            thread.close()
        }
    }

    @Test fun `opening a device and a scan and a frame keep to their times`() {
        Depot().use { depot ->
            val folder = File(Depot.folder(), "pda")
            Device.enrol(folder, depot.enrolment("pda-17"), TestKeys()).done()
            val keys = TestKeys()
            val recipient = Device.open(folder, keys, NOW).done().use { device ->
                device.status(NOW).done().recipient.also { device.take(depot.grant("pda-17", it), NOW).done() }
            }
            assertTrue(recipient.isNotEmpty())
            val open = Times(15) { Device.open(folder, keys, NOW).done().close() }
            val labels = (1..40).map { depot.label(it).text }
            val scan = Device.open(folder, keys, NOW).done().use { device ->
                var at = 0
                Times(40) { assertNull(device.scan(labels[at++], now = NOW).code()) }
            }
            val picture = frame(depot.symbol(depot.label(NUMBER)))
            val empty = frame(null)
            Camera().use { camera ->
                repeat(10) { camera.frame(picture) }
                val frame = Times(40) { camera.frame(picture).done().single() }
                val none = Times(40) { camera.frame(empty).done() }
                // With the search for the bar code, as in the first frame of a label.
                val first = Times(10) { Camera().use { it.frame(picture).done().single() } }
                println("open $open, scan with its entry on disk $scan, frame of 720p $frame, the first of a label $first, one without a label $none")
                assertTrue("open: $open", open.least < 3 * 20)
                assertTrue("scan: $scan", scan.least < 3 * 5)
                assertTrue("frame: $frame", frame.least < 3 * 6)
            }
        }
    }

    /** Milliseconds of a call: the median, and the least, which is the machine's when it does nothing else. */
    private class Times(count: Int, call: () -> Unit) {
        private val all = List(count) {
            val begun = System.nanoTime()
            call()
            (System.nanoTime() - begun) / 1e6
        }.sorted()
        val least get() = all.first()

        override fun toString() = "%.2f ms (least %.2f)".format(all[all.size / 2], least)
    }

    private companion object {
        /** What the bar code of the gallery's label says. */
        const val NUMBER = "SF1304857296031"
    }
}
