package io.wayseal.device

import io.wayseal.device.Depot.Companion.NOW
import io.wayseal.device.scan.Line
import java.io.File
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** Parcels passed to a colleague, and a desk's labels, by the native library. */
class PassingTest {
    private val depot = Depot()
    private val opened = mutableListOf<Device>()

    @After fun end() {
        opened.forEach(Device::close)
        depot.close()
    }

    private class Pda(val folder: File, val keys: TestKeys)

    private fun enrolled(name: String): Pair<Pda, String> {
        val pda = Pda(File(Depot.folder(), name), TestKeys())
        return pda to Device.enrol(pda.folder, depot.enrolment(name), pda.keys).done()
    }

    private fun Pda.open(): Device = Device.open(folder, keys, NOW).done().also { opened += it }

    private fun courier(name: String, site: Int, budget: Int? = null): Pda {
        val (pda, recipient) = enrolled(name)
        pda.open().use { it.take(depot.passing(name, recipient, site, budget), NOW).done() }
        return pda
    }

    /** No file of a device with a key store has an identity in the clear. */
    private fun Pda.search() = folder.walk().filter(File::isFile).forEach { file ->
        assertTrue(file.path, "AGE-SECRET-KEY-" !in file.readBytes().decodeToString())
    }

    @Test fun `parcels pass by the digits of a code and by a file`() {
        val giver = courier("pda-a", 12).open()
        val taking = courier("pda-b", 13)
        var taker = taking.open()
        val labels = (1..4).map { depot.label(it) }
        assertEquals(Code.OTHER_STATION, taker.scan(labels[0].text, now = NOW).code())

        // By what the two show each other.
        val asked = taker.ask(NOW).done()
        taking.search()
        val request = Line.of("]Q1${asked.digits}\r\n") as Line.Request
        assertEquals("pda-b", giver.asked(request.digits.encodeToByteArray(), NOW).done())
        giver.load(labels[0].text, now = NOW).done()
        val loaded = giver.parcels().done().single().label
        val given = giver.give(request.digits.encodeToByteArray(), listOf(loaded, labels[1].text.encodeToByteArray()), now = NOW).done()
        assertEquals(listOf("pda-b", 2), listOf(given.to, given.labels))
        // Killed in between, the taker still takes the answer.
        taker.close()
        taker = taking.open()
        val pass = Line.of(checkNotNull(given.digits)) as Line.Pass
        assertEquals(Code.ENVELOPE_REFUSED, giver.take(pass.digits.encodeToByteArray(), NOW).failed())
        assertEquals("pass", taker.take(pass.digits.encodeToByteArray(), NOW).done().kind)
        for (label in labels.take(2)) assertNull(taker.scan(label.text, now = NOW).code())
        assertEquals(Code.OTHER_STATION, taker.scan(labels[2].text, now = NOW).code())

        // By a file, to a device that is locked for its round.
        val own = depot.label(9)
        assertEquals(Code.OTHER_STATION, taker.scan(own.text, now = NOW).code())
        val again = taker.ask(NOW).done()
        val byFile = giver.give(again.file, labels.drop(2).map { it.text.encodeToByteArray() }, now = NOW).done()
        File(taking.folder, "inbox").mkdirs()
        File(taking.folder, "inbox/from-a.pass").writeBytes(byFile.file)
        assertTrue(taker.refresh(NOW).done().isEmpty())
        assertNull(taker.scan(labels[3].text, now = NOW).code())
        taking.search()
        assertTrue("given_pass" in depot.log(giver.handIn(depot.challenge()).done()).map { if ("pass" in it) "given_pass" else it })
    }

    @Test fun `why nothing is given is told`() {
        val giver = courier("pda-a", 12, budget = 1).open()
        val taker = courier("pda-b", 13).open()
        val labels = (1..2).map { depot.label(it).text.encodeToByteArray() }
        val request = taker.ask(NOW).done().file
        val short = giver.give(request, labels, now = NOW) as Outcome.Failed
        assertEquals(listOf(Code.BUDGET_SHORT, NextStep.HAND_IN, 1), listOf(short.failure.code, short.failure.next, short.failure.count))
        val strange = giver.give(ByteArray(40), labels, now = NOW) as Outcome.Failed
        assertEquals(listOf(Code.REQUEST_REFUSED, NextStep.SHOW_AGAIN), listOf(strange.failure.code, strange.failure.next))
        assertEquals(Code.REQUEST_OLD, giver.give(request, labels.take(1), now = NOW + 3700).failed())
        assertEquals(Code.ARGUMENT, giver.give(request, emptyList(), now = NOW).failed())
        assertEquals(Code.TOO_LARGE, giver.give(request, List(201) { labels[0] }, now = NOW).failed())
        val damaged = giver.give(request, listOf(labels[0], "WS1:".encodeToByteArray()), now = NOW) as Outcome.Failed
        assertEquals(2, damaged.failure.count)
        val (plain, recipient) = enrolled("pda-c")
        val other = plain.open()
        other.take(depot.grant("pda-c", recipient), NOW).done()
        assertEquals(Code.NO_PASSES, other.ask(NOW).failed())
    }

    @Test fun `a desk makes labels by the stations that the authority signed`() {
        val (pda, recipient) = enrolled("desk-1")
        val desk = pda.open()
        depot.desk("desk-1", recipient).forEach { desk.take(it, NOW).done() }
        val label = depot.label(1)
        val to = Station(755, 12, "SZ-012", routing = "755-A12")
        assertEquals(Code.STATIONS_REFUSED, desk.relabel(label.text, to, now = NOW).failed())
        val stations = "code,region,site\nSZ-012,755,12\n".encodeToByteArray()
        val signature = depot.stations(stations)
        assertEquals(Code.STATIONS_REFUSED, desk.useStations(stations + 1, signature, now = NOW).failed())
        assertEquals(Code.STATIONS_REFUSED, desk.useStations(stations, depot.stations(stations, NOW - 200), now = NOW).failed())
        assertEquals(NOW, desk.useStations(stations, signature, now = NOW).done())
        val made = desk.relabel(label.text, to, now = NOW).done()
        assertEquals("YT0000000000001", made.waybill)
        assertTrue(made.text.startsWith("WS1:") && made.text != label.text)
        assertTrue("the mask tells the name", Depot.shown(label.hiddenName).decodeToString() !in made.name)
        assertEquals(Code.NOT_OURS, desk.relabel("https://example.com", to, now = NOW).failed())
        assertEquals(Code.ARGUMENT, desk.relabel(label.text, Station(5000, 12, "x"), now = NOW).failed())
        assertEquals(Code.NO_LANE, desk.relabel(label.text, Station(755, 14, "x"), now = NOW).failed())
        // The new label is another desk's or courier's to open.
        val pdaA = courier("pda-a", 12).open()
        assertNull(pdaA.scan(made.text, now = NOW).code())
        // A label without a sender goes to the place that is named.
        val back = desk.giveBack(label.text, to, ReturnPlace("退件仓", detail = "一号门"), now = NOW).done()
        assertTrue(back.withoutSender)
        (pdaA.scan(back.text, purpose = Purpose.DELIVER, now = NOW) as Opened).use { record ->
            assertEquals("退件仓", record.name.use { it.concatToString() })
        }
        assertNotNull(back.label)
    }
}
