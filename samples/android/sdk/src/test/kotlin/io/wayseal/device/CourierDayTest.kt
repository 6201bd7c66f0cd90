package io.wayseal.device

import io.wayseal.device.Depot.Companion.NOW
import java.io.File
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test

/** A courier's day, from the enrolment to the hand-in, by the native library. */
class CourierDayTest {
    private val depot = Depot()
    private val keys = TestKeys()
    private val folder = File(Depot.folder(), "pda")

    @After fun end() = depot.close()

    private fun open(budget: Int? = null): Device {
        val recipient = Device.enrol(folder, depot.enrolment("pda-17"), keys).done()
        assertTrue(recipient, recipient.startsWith("age1"))
        val device = Device.open(folder, keys, NOW).done()
        assertEquals("grant", device.take(depot.grant("pda-17", recipient, budget = budget), NOW).done().kind)
        return device
    }

    @Test fun `nodes that a key store holds are asked at each scan and erased by a lock`() {
        val nodes = TestNodes()
        val keys = TestKeys(nodes)
        val recipient = Device.enrol(folder, depot.enrolment("pda-17"), keys).done()
        val device = Device.open(folder, keys, NOW).done()
        val grant = depot.grant("pda-17", recipient)
        device.take(grant, NOW).done()
        assertTrue(nodes.held.isNotEmpty() && nodes.held.keys.all { it.length == 32 })
        val label = depot.label(1)
        assertNull(device.scan(label.text, now = NOW).code())
        nodes.silent = true
        assertEquals(Code.KEYSTORE_UNAVAILABLE, device.scan(label.text, now = NOW + 10).code())
        nodes.silent = false
        device.load(label.text, now = NOW + 20).done()
        val (lockTo, identity) = depot.lock()
        device.lock(lockTo, NOW + 30).done()
        assertTrue(nodes.held.isEmpty())
        assertNull(device.scan(label.text, now = NOW + 40).code())
        device.unlock(identity, NOW + 50).done()
        assertEquals(Code.NO_GRANT, device.scan(label.text, now = NOW + 60).code())
        device.take(grant, NOW + 70).done()
        nodes.held.clear()
        assertEquals(Code.NO_GRANT, device.scan(label.text, now = NOW + 80).code())
        device.take(grant, NOW + 90).done()
        assertNull(device.scan(label.text, now = NOW + 100).code())
        device.close()
    }

    @Test fun `from the enrolment to the hand-in`() {
        val enrolment = depot.enrolment("pda-17")
        val recipient = Device.enrol(folder, enrolment, keys).done()
        assertTrue("an enrolment stays in memory", enrolment.all { it == 0.toByte() })
        assertEquals(Code.ALREADY_ENROLLED, Device.enrol(folder, depot.enrolment("pda-17"), keys).failed())
        val device = Device.open(folder, keys, NOW).done()
        assertEquals(Code.BUSY, Device.open(folder, keys, NOW).failed())
        val asked = keys.asked
        assertEquals(Code.UNKNOWN_FILE, device.take("hello".encodeToByteArray(), NOW).failed())
        device.take(depot.grant("pda-17", recipient), NOW).done()
        device.take(depot.list(), NOW).done()

        val labels = (1..8).map { depot.label(it) }
        labels.forEachIndexed { at, label -> assertEquals(at + 1, device.load(label.text, now = NOW).done()) }
        val (lockTo, identity) = depot.lock()
        device.lock(lockTo, NOW).done()
        val other = depot.label(99)
        assertEquals(Code.NOT_LOADED, device.scan(other.text, now = NOW).code())
        val status = device.status(NOW).done()
        assertEquals(listOf("pda-17", recipient, true, 8, null), listOf(status.device, status.recipient, status.locked, status.loaded, status.left))
        assertTrue(status.list > 0 && status.daysLeft > 0 && status.floor > 0)

        // On the road: opened, shown, and said what became of it; each outcome.
        ParcelOutcome.entries.forEachIndexed { at, outcome ->
            val label = labels[at]
            val number = (device.scan(label.text, now = NOW) as Opened).use { opened ->
                assertArrayEquals(Depot.shown(label.hiddenName), opened.name.use { it.concatToString().encodeToByteArray() })
                val (main, extension) = Depot.shown(label.hiddenPhone).decodeToString().split('-')
                assertEquals(main, opened.phone?.number?.use { it.concatToString() })
                assertEquals(extension, opened.phone?.extension?.use { it.concatToString() })
                assertEquals("科技园路9号3栋1203室", opened.detail.use { it.concatToString() })
                assertEquals("深圳市", opened.city.use { it.concatToString() })
                assertTrue(opened.note.isEmpty)
                assertNull(opened.senderPhone)
                assertEquals("YT%013d".format(at + 1), opened.waybill)
                assertEquals(1, opened.times)
                opened.label
            }
            if (outcome == ParcelOutcome.DELIVERED) {
                val misheard = "1111111".toCharArray()
                assertEquals(Code.CODE_MISHEARD, device.signOff(number, outcome, misheard, NOW).failed())
                assertTrue("a code stays in memory", misheard.all { it == '\u0000' })
                device.signOff(number, outcome, depot.code(label), NOW).done()
                assertEquals(Code.ALREADY, device.signOff(number, outcome, null, NOW).failed())
                // Its keys went with the sign-off.
                assertEquals(Code.NOT_LOADED, device.scan(label.text, now = NOW + 60).code())
                assertEquals(Code.NOTHING_SAID, device.takeBack(labels[7].text.encodeToByteArray(), NOW).failed())
            } else {
                device.signOff(label.text.encodeToByteArray(), outcome, null, NOW).done()
            }
        }
        val parcels = device.parcels().done()
        assertEquals(8, parcels.size)
        assertEquals(ParcelOutcome.entries.count { it.signsOff }, parcels.takeLastWhile { it.delivered }.size)
        assertTrue(parcels.all { '*' in it.name || '＊' in it.name || it.name.isNotEmpty() })
        val digits = parcels.first().phone
        assertTrue(parcels.first().waybill in device.find(digits).done().map { it.waybill })
        assertEquals(Code.NOT_OPENED, device.signOff(other.text.encodeToByteArray(), now = NOW).failed())

        // Back at the depot.
        device.unlock(identity, NOW).done()
        assertTrue("the depot's identity stays in memory", identity.all { it == 0.toByte() })
        assertNull(device.scan(other.text, now = NOW).code())
        val handIn = device.handIn(depot.challenge()).done()
        val entries = depot.log(handIn)
        for (name in listOf("delivered", "handed_over", "left", "nobody", "refused_by_recipient", "wrong_address", "parcel_damaged")) {
            assertTrue("$name: $entries", name in entries)
        }
        val before = device.status(NOW).done()
        assertEquals("head", device.take(depot.head(handIn), NOW).done().kind)
        assertEquals(before.entries, device.status(NOW).done().handedIn)
        device.close()
        device.close()
        assertEquals(Code.CLOSED, device.scan(other.text, now = NOW).code())
        assertEquals(Code.CLOSED, device.status(NOW).failed())
        assertEquals("a call waited for the key store", asked, keys.asked)
    }

    @Test fun `a record ends when it is closed and when the next call comes`() {
        val device = open()
        val opened = device.scan(depot.label(1).text, now = NOW) as Opened
        assertEquals("Opened Secret Phone", "$opened ${opened.name} ${opened.phone}")
        val kept = opened.name.chars()
        assertTrue(kept.isNotEmpty())
        opened.close()
        opened.close()
        assertThrows(IllegalStateException::class.java) { opened.name.chars() }
        val second = device.scan(depot.label(2).text, now = NOW) as Opened
        var lent = CharArray(0)
        second.name.use { lent = it }
        assertTrue("lent characters stay", lent.all { it == '\u0000' })
        device.status(NOW)
        assertThrows(IllegalStateException::class.java) { second.detail.chars() }
        val third = device.scan(depot.label(3).text, now = NOW) as Opened
        device.close()
        assertThrows(IllegalStateException::class.java) { third.name.chars() }
    }

    @Test fun `a budget is spent and a hand-in begins another`() {
        val device = open(budget = 2)
        assertEquals(1, (device.scan(depot.label(1).text, now = NOW) as Opened).left)
        assertEquals(0, (device.scan(depot.label(2).text, now = NOW + 10) as Opened).left)
        val third = depot.label(3)
        val refused = device.scan(third.text, now = NOW + 20) as Scanned.Refused
        assertEquals(listOf(Code.BUDGET_SPENT, NextStep.HAND_IN, 2), listOf(refused.code, refused.next, refused.failure.count))
        device.take(depot.head(device.handIn(depot.challenge()).done(), NOW + 30), NOW + 30).done()
        assertEquals(1, (device.scan(third.text, now = NOW + 40) as Opened).left)
        // A head again changes nothing; one of another log is refused.
        assertEquals(2, device.status(NOW + 40).done().budget)
    }

    @Test fun `a moved label a wrong clock and an older list are told`() {
        val device = open()
        val label = depot.label(1)
        val moved = device.scan(label.text, printed = "YT0000000000777", now = NOW) as Scanned.Refused
        assertEquals(listOf(Code.MOVED, NextStep.SET_ASIDE), listOf(moved.code, moved.next))
        assertNull(device.scan(label.text, printed = "YT0000000000001", now = NOW).code())
        val older = depot.list(NOW)
        val newer = depot.list(NOW + 100)
        device.take(newer, NOW + 200).done()
        assertEquals(Code.OLDER, device.take(older, NOW + 200).failed())
        // A clock that was set back below signed time opens nothing.
        val back = device.scan(label.text, now = NOW - 3 * 86_400)
        assertEquals(Code.CLOCK_BEHIND, back.code())
        assertEquals(NextStep.SET_CLOCK, (back as Scanned.Failed).failure.next)
        assertNull(device.scan(label.text, now = NOW + 300).code())
        assertEquals(Code.NOT_OURS, device.scan("https://example.com", now = NOW).code())
        assertEquals(Code.NOT_OURS, device.scan("", now = NOW).code())
        assertEquals(Code.DAMAGED, device.scan(label.text.dropLast(3), now = NOW).code())
    }

    @Test fun `a new root is followed with the next grant`() {
        val device = open()
        val old = depot.label(1, NOW - 86_400)
        assertNull(device.scan(old.text, now = NOW).code())
        depot.rotate()
        val new = depot.label(2)
        assertEquals(Code.OTHER_GENERATION, device.scan(new.text, now = NOW).code())
        device.take(depot.grant("pda-17", device.status(NOW).done().recipient), NOW).done()
        assertNull(device.scan(new.text, now = NOW).code())
        assertNull("labels of the old root open while they are on the road", device.scan(old.text, now = NOW + 60).code())
    }

    @Test fun `an operator begins a shift before anything opens`() {
        val device = open()
        val label = depot.label(1)
        assertEquals("operators", device.take(depot.operators(1, 7, "4711"), NOW).done().kind)
        assertEquals(Code.NO_SHIFT, device.scan(label.text, now = NOW).code())
        val wrong = device.beginShift(7, "1234".toCharArray(), NOW) as Outcome.Failed
        assertEquals(listOf(Code.WRONG_PIN, 4), listOf(wrong.failure.code, wrong.failure.count))
        val pin = "4711".toCharArray()
        device.beginShift(7, pin, NOW).done()
        assertTrue("a PIN stays in memory", pin.all { it == '\u0000' })
        assertEquals(7, device.status(NOW).done().operator)
        assertNull(device.scan(label.text, now = NOW).code())
        device.signOff(label.text.encodeToByteArray(), ParcelOutcome.NOBODY, now = NOW).done()
        assertTrue(device.takeBack(label.text.encodeToByteArray(), NOW).done())
        assertTrue(device.endShift(NOW).done())
        assertFalse(device.endShift(NOW).done())
    }

    @Test fun `a lost key is a value and the log goes in without an answer`() {
        open().use { device -> assertNull(device.scan(depot.label(1).text, now = NOW).code()) }
        keys.silent = true
        assertEquals(Code.KEYSTORE_UNAVAILABLE, Device.open(folder, keys, NOW).failed())
        keys.silent = false
        assertEquals(Code.KEYSTORE_NOT_LOST, Device.enrolAnew(folder, depot.enrolment("pda-17-2"), keys).failed())
        keys.lose()
        val lost = Device.open(folder, keys, NOW) as Outcome.Failed
        assertEquals(listOf(Code.KEYSTORE_LOST, NextStep.ENROL_ANEW), listOf(lost.failure.code, lost.failure.next))
        val before = Device.lostLog(folder).done()
        assertTrue("opened" in depot.log(before))
        assertEquals(Code.NAME_USED, Device.enrolAnew(folder, depot.enrolment("pda-17"), keys).failed())
        val recipient = Device.enrolAnew(folder, depot.enrolment("pda-17-2"), keys).done()
        Device.open(folder, keys, NOW).done().use { device ->
            // The unspent budget does not come back before the auditor has the log.
            device.take(depot.grant("pda-17-2", recipient, budget = 5), NOW).done()
            assertTrue(device.status(NOW).done().unanswered)
            assertEquals(Code.BUDGET_SPENT, device.scan(depot.label(2).text, now = NOW).code())
            device.take(depot.headAfter(before, device.handIn(depot.challenge()).done()), NOW).done()
            assertNull(device.scan(depot.label(2).text, now = NOW + 10).code())
        }
    }

    @Test fun `a device without a key store and one that is none`() {
        assertEquals(Code.NOT_ENROLLED, Device.open(folder, now = NOW).failed())
        assertEquals("", Device.enrol(folder, depot.enrolment("pda-1")).done())
        Device.open(folder, now = NOW).done().use { device ->
            device.take(depot.grant("pda-1"), NOW).done()
            assertNull(device.scan(depot.label(1).text, now = NOW).code())
        }
        assertEquals(Code.ARGUMENT, Device.enrol(File(Depot.folder(), "x"), "no enrolment".encodeToByteArray()).failed())
    }
}
