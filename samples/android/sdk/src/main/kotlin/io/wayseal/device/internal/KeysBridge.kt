package io.wayseal.device.internal

import io.wayseal.device.Keys
import io.wayseal.device.KeysLost

/** A key store as the native library asks it: no exception crosses the boundary. The library wipes what it gets, this class the rest. */
internal class KeysBridge(private val keys: Keys) {
    /** One byte of status, then the wrap, the secret, or the message of a failure. */
    @Suppress("unused")
    fun ask(wrap: Boolean, bytes: ByteArray): ByteArray = try {
        val answer = if (wrap) keys.wrap(bytes) else keys.unwrap(bytes)
        ByteArray(answer.size + 1).also {
            answer.copyInto(it, 1)
            answer.fill(0)
        }
    } catch (_: KeysLost) {
        byteArrayOf(LOST)
    } catch (failed: Exception) {
        byteArrayOf(UNAVAILABLE) + (failed.message ?: failed.javaClass.name).encodeToByteArray()
    } finally {
        if (wrap) bytes.fill(0)
    }

    private companion object {
        const val LOST: Byte = 1
        const val UNAVAILABLE: Byte = 2
    }
}
