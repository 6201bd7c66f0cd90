package io.wayseal.device

import io.wayseal.device.Depot.Companion.NOW
import io.wayseal.device.internal.KeysBridge
import io.wayseal.device.internal.Native
import io.wayseal.device.internal.Reply
import java.io.File
import java.nio.ByteBuffer
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test

/** What the library's own Kotlin never hands to the native library, and a key store that fails in a way of its own: each is an answer. */
class NativeTest {
    private val bytes = ByteArray::class.java
    private val long = Long::class.javaPrimitiveType!!

    private fun called(name: String, types: List<Class<*>>, vararg arguments: Any?) =
        Reply(Native::class.java.getDeclaredMethod(name, *types.toTypedArray()).invoke(null, *arguments) as ByteArray).failure?.code

    @Test fun `a missing argument and a buffer on the heap are arguments that are wrong`() {
        val none = listOf<Any?>(null).toTypedArray()
        assertEquals(Code.ARGUMENT, called("line", listOf(bytes), *none))
        assertEquals(Code.ARGUMENT, called("lostLog", listOf(bytes), *none))
        assertEquals(Code.ARGUMENT, called("take", listOf(long, bytes, long), 1L, null, NOW))
        val camera = Native.openCamera()
        assertEquals(Code.ARGUMENT, Reply(Native.frame(camera, ByteBuffer.allocate(64), 8, 8, 8)).failure?.code)
        assertEquals(Code.ARGUMENT, Reply(Native.frame(camera, ByteBuffer.allocateDirect(63), 8, 8, 8)).failure?.code)
        assertNull(Reply(Native.frame(camera, ByteBuffer.allocateDirect(64), 8, 8, 8)).failure)
        Native.closeCamera(camera)
        Native.closeCamera(camera)
        val text = "text".encodeToByteArray()
        assertEquals(Code.ARGUMENT, Reply(Native.scan(1, text, null, 0, 0, NOW, ByteBuffer.allocate(64))).failure?.code)
        assertEquals(Code.CLOSED, Reply(Native.scan(-1, text, null, 0, 0, NOW, ByteBuffer.allocateDirect(64))).failure?.code)
    }

    @Test fun `a key store that throws an error or is another object is one that does not answer`() {
        Depot().use { depot ->
            val folder = File(Depot.folder(), "pda")
            Device.enrol(folder, depot.enrolment("pda-17"), TestKeys()).done()
            val path = folder.path.encodeToByteArray()
            val good = TestKeys()
            val thrown: () -> Nothing = { throw StackOverflowError("of the key store") }
            val failing = listOf(
                KeysBridge(object : Keys {
                    override fun wrap(secret: ByteArray) = good.wrap(secret)
                    override fun unwrap(wrap: ByteArray): ByteArray = thrown()
                }),
                KeysBridge(object : Keys {
                    override val nodes: NodeKeys get() = thrown()
                    override fun wrap(secret: ByteArray) = good.wrap(secret)
                    override fun unwrap(wrap: ByteArray) = good.unwrap(wrap)
                }),
                "no bridge",
            )
            for (keys in failing) assertEquals("$keys", Code.KEYSTORE_UNAVAILABLE, Reply(Native.open(path, keys, NOW)).failure?.code)
            Device.open(folder, good, NOW).done().close()
        }
    }
}
