package io.wayseal.device.keystore

import android.security.keystore.KeyProperties
import android.security.keystore.KeyProtection
import java.security.KeyStore
import javax.crypto.Mac
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/**
 * Nodes of the key tree, held in Android's key store as keys of HMAC-SHA256: HKDF-Expand of 32 bytes (RFC 5869) is one HMAC, so a node's
 * children are derived without it leaving the hardware. What is derived is a secret of the program's, to be wiped.
 */
class HeldNodes {
    private val store = KeyStore.getInstance("AndroidKeyStore").apply { load(null) }

    /** Moves a node of 32 bytes into the key store; the bytes are wiped here. */
    fun hold(alias: String, node: ByteArray) {
        require(node.size == NODE) { "a node is $NODE bytes" }
        val protection = KeyProtection.Builder(KeyProperties.PURPOSE_SIGN).build()
        try {
            // The framework has no other way in than a key that holds a copy.
            store.setEntry(alias, KeyStore.SecretKeyEntry(SecretKeySpec(node, KeyProperties.KEY_ALGORITHM_HMAC_SHA256)), protection)
        } finally {
            node.fill(0)
        }
    }

    /** A child: HKDF-Expand(node, info, 32). `null` if no node is held under the name. */
    fun child(alias: String, info: ByteArray): ByteArray? {
        val node = store.getKey(alias, null) as SecretKey? ?: return null
        return Mac.getInstance(KeyProperties.KEY_ALGORITHM_HMAC_SHA256).run {
            init(node)
            update(info)
            doFinal(byteArrayOf(1))
        }
    }

    /** Erases a node; none is no error. */
    fun erase(alias: String) = store.deleteEntry(alias)

    private companion object {
        const val NODE = 32
    }
}
