package io.wayseal.device.internal

import io.wayseal.device.Keys
import io.wayseal.device.KeysLost
import io.wayseal.device.NodeKeys

/** A key store as the native library asks it: no exception crosses the boundary. The library wipes what it gets, these classes the rest. */
internal class KeysBridge(private val keys: Keys) {
    /** One byte of status, then the wrap, the secret, or the message of a failure. */
    @Suppress("unused")
    fun ask(wrap: Boolean, bytes: ByteArray): ByteArray = try {
        answered { if (wrap) keys.wrap(bytes) else keys.unwrap(bytes) }
    } finally {
        if (wrap) bytes.fill(0)
    }

    /** What holds nodes, if the key store has it. */
    @Suppress("unused")
    fun nodes(): NodesBridge? = keys.nodes?.let(::NodesBridge)
}

/** The part of a key store that holds nodes; the library keeps it as long as the device is open. */
internal class NodesBridge(private val nodes: NodeKeys) {
    /** One byte of status, then what was computed, nothing, or the message of a failure. `names` has one a line. */
    @Suppress("unused")
    fun ask(call: Int, names: ByteArray, bytes: ByteArray): ByteArray = try {
        val texts = names.decodeToString().split('\n').filter(String::isNotEmpty)
        answered {
            when (call) {
                HOLD -> nodes.hold(texts.single(), bytes).let { ByteArray(0) }
                HMAC -> nodes.hmac(texts.single(), bytes)
                else -> nodes.keep(texts).let { ByteArray(0) }
            }
        }
    } finally {
        bytes.fill(0)
    }

    private companion object {
        const val HOLD = 0
        const val HMAC = 1
    }
}

private const val LOST: Byte = 1
private const val UNAVAILABLE: Byte = 2

private fun answered(call: () -> ByteArray): ByteArray = try {
    val answer = call()
    ByteArray(answer.size + 1).also {
        answer.copyInto(it, 1)
        answer.fill(0)
    }
} catch (_: KeysLost) {
    byteArrayOf(LOST)
} catch (failed: Exception) {
    byteArrayOf(UNAVAILABLE) + (failed.message ?: failed.javaClass.name).encodeToByteArray()
}
