package io.wayseal.courier

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
            val courier = Courier(device, texts) { now }
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
        val courier = Courier(device, chinese) { NOW }
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
}
