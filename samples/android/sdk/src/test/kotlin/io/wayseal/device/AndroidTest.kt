package io.wayseal.device

import android.app.Application
import android.content.Context
import android.content.Intent
import android.content.RestrictionsManager
import android.os.Bundle
import android.security.keystore.KeyProperties
import androidx.camera.core.ImageProxy
import io.wayseal.device.camera.CameraXFrames
import io.wayseal.device.keystore.HeldNodes
import io.wayseal.device.keystore.KeystoreKeys
import io.wayseal.device.scan.ScanIntents
import io.wayseal.device.scan.ScanVendor
import java.security.InvalidKeyException
import java.security.ProviderException
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowLooper

/** What is Android's own: the key store and its faults, scan engines, managed configuration. */
@RunWith(RobolectricTestRunner::class)
@Config(manifest = Config.NONE, sdk = [34])
class AndroidTest {
    private val app: Application get() = RuntimeEnvironment.getApplication()

    @Before fun begin() = FakeKeystore.install()

    @Test fun `a secret comes back and its key is made once in a StrongBox`() {
        val keys = KeystoreKeys()
        val secret = ByteArray(32) { it.toByte() }
        val wrap = keys.wrap(secret)
        assertFalse(wrap.toList().windowed(8).any { it == secret.toList().take(8) })
        assertArrayEquals(secret, keys.unwrap(wrap))
        assertArrayEquals(secret, KeystoreKeys().unwrap(wrap))
        keys.wrap(secret)
        val spec = FakeKeystore.asked.single()
        assertTrue(spec.isStrongBoxBacked)
        assertEquals(listOf(256, "GCM", "NoPadding"), listOf(spec.keySize, spec.blockModes.single(), spec.encryptionPaddings.single()))
        assertEquals(KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT, spec.purposes)
    }

    @Test fun `without a StrongBox the trusted environment has the key`() {
        FakeKeystore.hasStrongBox = false
        val keys = KeystoreKeys()
        assertArrayEquals(ByteArray(32), keys.unwrap(keys.wrap(ByteArray(32))))
        assertEquals(listOf(true, false), FakeKeystore.asked.map { it.isStrongBoxBacked })
        FakeKeystore.install()
        KeystoreKeys(strongBox = false).wrap(ByteArray(32))
        assertEquals(listOf(false), FakeKeystore.asked.map { it.isStrongBoxBacked })
    }

    @Test fun `a key that is gone or another one is lost and not a crash`() {
        val keys = KeystoreKeys()
        val wrap = keys.wrap(ByteArray(32))
        // Another phone, after a transfer: its key store has a key of the same name.
        FakeKeystore.keys.clear()
        KeystoreKeys().wrap(ByteArray(32))
        assertThrows(KeysLost::class.java) { keys.unwrap(wrap) }
        FakeKeystore.keys.clear()
        assertThrows(KeysLost::class.java) { keys.unwrap(wrap) }
        keys.wrap(ByteArray(32))
        keys.erase()
        assertTrue(FakeKeystore.keys.isEmpty())
        for (other in listOf(ByteArray(0), ByteArray(1), ByteArray(60), byteArrayOf(1, 127), byteArrayOf(1, 12) + ByteArray(12))) {
            assertThrows(KeysLost::class.java) { keys.wrap(ByteArray(1)).also { keys.unwrap(other) } }
        }
    }

    @Test fun `a key store that fails or is slow is asked again later`() {
        val keys = KeystoreKeys(patience = 300)
        val wrap = keys.wrap(ByteArray(32))
        FakeKeystore.failure = ProviderException("Keystore key generation failed")
        assertThrows(KeysUnavailable::class.java) { keys.unwrap(wrap) }
        FakeKeystore.failure = IllegalStateException("binder died")
        assertThrows(KeysUnavailable::class.java) { keys.unwrap(wrap) }
        FakeKeystore.failure = null
        FakeKeystore.slow = 1500
        val begun = System.nanoTime()
        assertThrows(KeysUnavailable::class.java) { keys.unwrap(wrap) }
        assertTrue((System.nanoTime() - begun) / 1e6 < 1200)
        FakeKeystore.slow = 0
        Thread.sleep(1500)
        assertArrayEquals(ByteArray(32), keys.unwrap(wrap))
    }

    @Test fun `a held node derives its children as HKDF does`() {
        val node = ByteArray(32) { (it * 7).toByte() }
        val info = "WS1 node".encodeToByteArray()
        val expected = Mac.getInstance("HmacSHA256").run {
            init(SecretKeySpec(node, "HmacSHA256"))
            doFinal(info + 1)
        }
        val keys = KeystoreKeys(holdNodes = true, patience = 300)
        assertNull(KeystoreKeys().nodes)
        keys.wrap(ByteArray(32))
        val nodes = keys.nodes!!
        nodes.hold("site", node)
        assertTrue("the node stays in memory", node.all { it == 0.toByte() })
        assertArrayEquals(expected, nodes.hmac("site", info + 1))
        // Another device's nodes, and the key of the wrap, are not touched.
        val other = HeldNodes("other.")
        other.hold("site", ByteArray(32) { 1 })
        nodes.hold("other site", ByteArray(32) { 2 })
        nodes.keep(listOf("other site"))
        assertThrows(KeysLost::class.java) { nodes.hmac("site", info) }
        assertEquals(32, nodes.hmac("other site", info).size)
        assertEquals(32, other.hmac("site", info).size)
        assertEquals(3, FakeKeystore.keys.size)
        FakeKeystore.failure = ProviderException("binder died")
        assertThrows(KeysUnavailable::class.java) { nodes.hmac("other site", info) }
        FakeKeystore.failure = null
        nodes.keep(emptyList())
        assertEquals(2, FakeKeystore.keys.size)
        assertThrows(IllegalArgumentException::class.java) { nodes.hold("site", ByteArray(31)) }
        // A device that is given away leaves neither its key nor a node, whoever erases them.
        nodes.hold("site", ByteArray(32) { 3 })
        KeystoreKeys().erase()
        assertThrows(KeysLost::class.java) { nodes.hmac("site", info) }
        assertEquals(setOf("other.site"), FakeKeystore.keys.keys)
    }

    @Test fun `a key that the hardware refuses for now is not lost`() {
        val keys = KeystoreKeys(holdNodes = true)
        val wrap = keys.wrap(ByteArray(32))
        val nodes = keys.nodes!!
        nodes.hold("site", ByteArray(32) { 1 })
        FakeKeystore.refusal = InvalidKeyException("Keystore operation failed", Exception("Too many operations"))
        assertThrows(KeysUnavailable::class.java) { nodes.hmac("site", ByteArray(1)) }
        assertThrows(KeysUnavailable::class.java) { keys.unwrap(wrap) }
        for (gone in listOf("Key not found", "Invalid key blob", "internal Keystore code: -33 message: In begin")) {
            FakeKeystore.refusal = InvalidKeyException("Keystore operation failed", Exception(gone))
            assertThrows(gone, KeysLost::class.java) { nodes.hmac("site", ByteArray(1)) }
            assertThrows(gone, KeysLost::class.java) { keys.unwrap(wrap) }
        }
        FakeKeystore.refusal = null
        assertEquals(32, nodes.hmac("site", ByteArray(1)).size)
        assertArrayEquals(ByteArray(32), keys.unwrap(wrap))
    }

    @Test fun `a node that is held late is erased by what came after it`() {
        val nodes = HeldNodes(patience = 1000)
        FakeKeystore.slow = 1500
        assertThrows(KeysUnavailable::class.java) { nodes.hold("site", ByteArray(32) { 1 }) }
        FakeKeystore.slow = 0
        nodes.keep(emptyList())
        Thread.sleep(1500)
        assertTrue(FakeKeystore.keys.isEmpty())
    }

    @Test fun `a node is whole until its call has ended and wiped then`() {
        val node = ByteArray(32) { 1 }
        val nodes = HeldNodes(patience = 300)
        FakeKeystore.slow = 800
        assertThrows(KeysUnavailable::class.java) { nodes.hold("site", node.copyOf()) }
        Thread.sleep(1500)
        assertArrayEquals(node, FakeKeystore.keys.values.single().encoded)
        assertArrayEquals(ByteArray(32), FakeKeystore.imported!!.encoded)
    }

    @Test fun `files are where no backup takes them`() {
        assertTrue(KeystoreKeys.folder(app).path.startsWith(app.noBackupFilesDir.path))
        assertFalse(KeystoreKeys.folder(app, 1) == KeystoreKeys.folder(app))
        KeystoreKeys.hasStrongBox(app)
    }

    private fun broadcast(vendor: ScanVendor, intent: Intent): List<String> {
        val seen = ArrayList<String>()
        val engine = ScanIntents(app, vendor) { seen += it }
        engine.start()
        engine.start()
        app.sendBroadcast(intent)
        ShadowLooper.idleMainLooper()
        engine.stop()
        engine.stop()
        app.sendBroadcast(intent)
        ShadowLooper.idleMainLooper()
        return seen
    }

    @Test fun `the scan engine of each vendor is heard while the app is in front`() {
        val text = "WS1:A B"
        val expected = listOf(text)
        for (vendor in ScanVendor.entries) {
            assertEquals(vendor.name, expected, broadcast(vendor, Intent(vendor.action).putExtra(vendor.text, text)))
            assertEquals(vendor.name, emptyList<String>(), broadcast(vendor, Intent("another").putExtra(vendor.text, text)))
            assertEquals(vendor.name, emptyList<String>(), broadcast(vendor, Intent(vendor.action)))
            vendor.bytes?.let {
                assertEquals(vendor.name, expected, broadcast(vendor, Intent(vendor.action).putExtra(it, text.encodeToByteArray())))
            }
            for (maker in vendor.makers) assertEquals(vendor, ScanVendor.ofThisDevice(maker.uppercase()))
        }
        val bytes = text.encodeToByteArray().copyOf(50)
        assertEquals(
            expected,
            broadcast(ScanVendor.UROVO, Intent(ScanVendor.UROVO.action).putExtra("barcode", bytes).putExtra("length", text.length)),
        )
        val failed = Intent(ScanVendor.NEWLAND.action).putExtra("SCAN_BARCODE1", "").putExtra("SCAN_STATE", "fail")
        assertEquals(emptyList<String>(), broadcast(ScanVendor.NEWLAND, failed))
        assertNull(ScanVendor.ofThisDevice("Google"))
    }

    @Test fun `a Honeywell engine is claimed and let go`() {
        val engine = ScanIntents(app, ScanVendor.HONEYWELL) { }
        engine.start()
        engine.stop()
        val (claim, release) = shadowOf(app).broadcastIntents.takeLast(2)
        assertEquals("com.honeywell.aidc.action.ACTION_CLAIM_SCANNER", claim.action)
        val properties = claim.getBundleExtra("com.honeywell.aidc.extra.EXTRA_PROPERTIES")!!
        assertEquals(ScanIntents.ACTION, properties.getString("DPR_DATA_INTENT_ACTION"))
        assertEquals("com.honeywell.aidc.action.ACTION_RELEASE_SCANNER", release.action)
        assertEquals("com.intermec.datacollectionservice", claim.`package`)
    }

    @Test fun `managed configuration is read and what is unknown counts as none`() {
        val manager = app.getSystemService(Context.RESTRICTIONS_SERVICE) as RestrictionsManager
        val none = ManagedConfiguration.of(app)
        assertEquals(listOf(null, null, null, null, null, true), none.run { listOf(depot, lockTo, vendor, scanAction, scanExtra, strongBox) })
        val set = Bundle().apply {
            putString("depot_url", " https://depot.example/12 ")
            putString("lock_to", "age1abc")
            putString("scan_vendor", "newland")
            putString("scan_action", "com.example.SCAN")
            putBoolean("strong_box", false)
        }
        shadowOf(manager).setApplicationRestrictions(set)
        val read = ManagedConfiguration.of(app)
        assertEquals("https://depot.example/12", read.depot)
        assertEquals(listOf("age1abc", ScanVendor.NEWLAND, "com.example.SCAN", false), read.run { listOf(lockTo, vendor, scanAction, strongBox) })
        val plain = Bundle().apply {
            putString("depot_url", "http://depot.example")
            putString("scan_vendor", "abacus")
            putString("scan_extra", " ")
        }
        assertEquals(listOf(null, null, null), ManagedConfiguration(plain).run { listOf(depot, vendor, scanExtra) })
    }

    @Test fun `the stand-ins have the signatures that the frame adapter needs`() {
        assertNotNull(CameraXFrames::class.java.getMethod("analyze", ImageProxy::class.java))
    }
}
