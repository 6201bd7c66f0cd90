package io.wayseal.courier

import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.RGBLuminanceSource
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader
import io.wayseal.device.Depot
import io.wayseal.device.Depot.Companion.NOW
import io.wayseal.device.Device
import io.wayseal.device.ParcelOutcome
import io.wayseal.device.TestKeys
import io.wayseal.device.depot.DepotTransport
import io.wayseal.device.done
import java.io.File
import java.io.IOException
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** The app's day by its own steps, in both languages, with the native library. */
class CourierTest {
    private val depot = Depot()
    private val english = Resources("values")
    private val chinese = Resources("values-zh")

    @After fun end() = depot.close()

    private fun device(): Device {
        val folder = File(Depot.folder(), "pda")
        val recipient = Device.enrol(folder, depot.enrolment("pda-17"), TestKeys()).done()
        return Device.open(folder, TestKeys(), NOW).done().also { it.take(depot.grant("pda-17", recipient), NOW).done() }
    }

    private fun files() = PassFiles(File(Depot.folder(), "colleagues"))

    /** A courier of a station who may pass parcels on. */
    private fun passing(name: String, site: Int, texts: Texts, files: PassFiles): Pair<Courier, Device> {
        val folder = File(Depot.folder(), name)
        val recipient = Device.enrol(folder, depot.enrolment(name), TestKeys()).done()
        val device = Device.open(folder, TestKeys(), NOW).done()
        device.take(depot.passing(name, recipient, site), NOW).done()
        return Courier(device, texts, files) { NOW } to device
    }

    private fun Screen.said() = (this as Screen.Message).text

    private fun Screen.record() = (this as Screen.Record).record

    @Test fun `each text is in both languages and has the same arguments`() {
        assertEquals(english.texts.keys, chinese.texts.keys)
        assertEquals(english.texts.keys, Resources.stand)
        val arguments = Regex("%\\d\\$[sd]")
        for ((name, text) in english.texts) {
            val (own, other) = listOf(text, chinese.texts.getValue(name)).map { found -> arguments.findAll(found).map { it.value }.sorted().toList() }
            assertEquals(name, own, other)
            assertTrue(name, text.isNotBlank() && chinese.texts.getValue(name).isNotBlank())
        }
        val restrictions = File("src/main/res/xml/app_restrictions.xml").readText()
        for (key in Regex("@string/(\\w+)").findAll(restrictions).map { it.groupValues[1] }) assertTrue(key, key in Resources.stand)
    }

    @Test fun `a round in both languages`() {
        for (texts in listOf(english, chinese)) {
            val device = device()
            var now = NOW
            val courier = Courier(device, texts, files()) { now }
            val labels = (1..9).map { depot.label(it) }
            for (label in labels) courier.scanned(label.text, loading = true)
            assertEquals(texts.text(R.string.locked), courier.lock(depot.lock().first).said())
            // The bar code first, then the QR code.
            assertEquals(texts.text(R.string.printed, "YT0000000000001"), courier.scanned("]C0YT0000000000001").said())
            val record = courier.scanned("]Q1${labels[0].text}\r\n").record()
            assertEquals("广东省\n深圳市\n南山区\n粤海街道\n科技园路9号3栋1203室", record.address.concatToString())
            val (number, extension) = Depot.shown(labels[0].hiddenPhone).decodeToString().split('-')
            assertEquals("tel:$number,,$extension", Call.intent(record)?.data?.let { "${it.scheme}:${it.schemeSpecificPart}" })
            assertEquals("ShownRecord", record.toString())
            record.close()
            assertTrue("a record stays", listOf(record.name, record.address, record.phone).all { array -> array.all { it == '\u0000' } })
            assertNull(Call.intent(record))
            assertEquals(texts.text(R.string.outcome_delivered), courier.conclude(record.label, ParcelOutcome.DELIVERED, depot.code(labels[0])).said())
            // Each outcome, with and without a code.
            ParcelOutcome.entries.forEachIndexed { at, outcome ->
                now += 60
                val label = courier.scanned(labels[at + 1].text).record().label
                assertEquals(texts.of(outcome), courier.conclude(label, outcome, CharArray(0)).said())
            }
            val label = labels[4].text.encodeToByteArray()
            assertEquals(texts.text(R.string.taken_back), courier.takeBack(label).said())
            // A bar code that was scanned belongs to the next QR code alone.
            courier.scanned("]C0YT0000000000777")
            val moved = courier.scanned(labels[8].text).said()
            assertEquals(texts.text(R.string.why_moved) + "\n" + texts.text(R.string.next_set_aside), moved)
            assertTrue(courier.scanned(labels[8].text) is Screen.Record)
            val list = (courier.parcels() as Screen.Parcels).parcels
            assertEquals(9, list.size)
            assertEquals(listOf(false, true), listOf(list.first().delivered, list.last().delivered))
            assertEquals(1, (courier.parcels(list.first().phone) as Screen.Parcels).parcels.count { it.waybill == list.first().waybill })
            assertEquals(texts.text(R.string.fault_not_ours), courier.scanned("6901234567892").said())
            assertTrue(courier.status().said().startsWith("pda-17"))
            device.close()
            assertTrue(courier.status().said().endsWith(texts.text(R.string.next_open)))
        }
    }

    @Test fun `the depot is reached or not and the log goes in`() {
        val device = device()
        val courier = Courier(device, chinese, files()) { NOW }
        courier.scanned(depot.label(1).text)
        assertEquals(chinese.text(R.string.no_depot), courier.exchange(null).said())
        val offline = object : DepotTransport {
            override fun fetch(request: ByteArray) = throw IOException("no network")

            override fun handIn(bytes: ByteArray) = throw IOException("no network")
        }
        assertEquals(chinese.text(R.string.offline), courier.exchange(offline).said())
        val online = object : DepotTransport {
            override fun fetch(request: ByteArray) = depot.bundle(depot.list(), ByteArray(3))

            override fun handIn(bytes: ByteArray) = depot.bundle(depot.head(bytes))
        }
        val said = courier.exchange(online).said().lines()
        assertEquals(chinese.text(R.string.exchanged, 2, 1), said.first())
        assertEquals(chinese.text(R.string.handed_in), said.last())
        device.take(depot.operators(1, 7, "4711"), NOW).done()
        assertFalse(courier.scanned(depot.label(2).text) is Screen.Record)
        assertEquals(
            chinese.text(R.string.why_pin, 4) + "\n" + chinese.text(R.string.next_retry),
            courier.beginShift(7, "1234".toCharArray()).said(),
        )
        assertEquals(chinese.text(R.string.shift_begun, 7), courier.beginShift(7, "4711".toCharArray()).said())
        assertTrue(courier.scanned(depot.label(2).text) is Screen.Record)
        device.close()
    }

    @Test fun `parcels go to a colleague by code and by file`() {
        for (texts in listOf(english, chinese)) {
            val (theirs, own) = files() to files()
            val (giver, giving) = passing("pda-a", 12, texts, own)
            val (taker, taking) = passing("pda-b", 13, texts, theirs)
            val labels = (1..23).map { depot.label(it).text }
            for (label in labels) giver.scanned(label, loading = true)
            assertEquals(texts.text(R.string.nobody_asked), giver.give(emptyList()).said())

            // By what the two screens show: the code is one that a scanner reads again.
            val asking = taker.ask() as Screen.Code
            assertEquals(texts.text(R.string.asking, "for-pda-b.request"), asking.text)
            val choice = giver.scanned("]Q1" + read(checkNotNull(asking.digits))) as Screen.Choice
            assertEquals(texts.text(R.string.asks, "pda-b"), choice.text)
            assertEquals(23, choice.parcels.size)
            val given = giver.give(choice.parcels.take(20).map { it.label }) as Screen.Code
            assertTrue(given.text, "pda-b" in given.text && "2026-11-2" in given.text && "for-pda-b.pass" in given.text)
            val digits = read(checkNotNull(given.digits))
            assertEquals(texts.text(R.string.taken, 20), taker.scanned(digits).said())
            assertTrue(taker.scanned(labels[0]) is Screen.Record)
            // The giver cannot take it, and nobody takes it twice.
            assertTrue(giver.scanned(digits).said().endsWith(texts.text(R.string.next_ask_depot)))
            assertTrue(taker.scanned(digits).said().endsWith(texts.text(R.string.next_ask_depot)))

            // By files, with more than a code holds.
            assertTrue(taker.colleagues().said().startsWith(texts.text(R.string.no_files, theirs.place)))
            taker.ask()
            send(theirs, own, "request")
            val byFile = giver.colleagues() as Screen.Choice
            assertEquals(texts.text(R.string.asks, "pda-b"), byFile.text)
            val all = giver.give(labels.map { it.encodeToByteArray() }) as Screen.Code
            assertNull(all.digits)
            assertTrue(all.text, "for-pda-b.pass" in all.text)
            send(own, theirs, "pass")
            assertEquals(texts.text(R.string.taken, 23), taker.colleagues().said())
            assertTrue(taker.scanned(labels[22]) is Screen.Record)

            // One that cannot be given is named by its place.
            giver.conclude(labels[0].encodeToByteArray(), ParcelOutcome.DELIVERED)
            giver.scanned(checkNotNull((taker.ask() as Screen.Code).digits))
            val refused = giver.give(listOf(labels[1], labels[0]).map { it.encodeToByteArray() }).said()
            assertEquals(texts.text(R.string.why_label, 2, "after_delivery"), refused.lines().first())
            giving.close()
            taking.close()
        }
    }

    /** What a scanner reads of the code of digits. */
    private fun read(digits: String): String {
        val code = QrCode.of(digits)
        val pixels = code.pixels()
        val source = RGBLuminanceSource(code.side * 4, code.side * 4, IntArray(code.side * code.side * 16) { at ->
            pixels[(at / (code.side * 4) / 4) * code.side + at % (code.side * 4) / 4]
        })
        return QRCodeReader().decode(BinaryBitmap(HybridBinarizer(source)), mapOf(DecodeHintType.PURE_BARCODE to true)).text
    }

    /** Another app carries a file from one phone to the other. */
    private fun send(from: PassFiles, to: PassFiles, ending: String) {
        val file = File(from.place).listFiles().orEmpty().single { it.extension == ending }
        File(to.place).mkdirs()
        assertTrue(file.renameTo(File(to.place, "mail.$ending")))
    }
}
