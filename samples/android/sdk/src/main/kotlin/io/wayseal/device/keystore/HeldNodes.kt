package io.wayseal.device.keystore

import android.security.keystore.KeyProperties
import android.security.keystore.KeyProtection
import io.wayseal.device.KeysLost
import io.wayseal.device.NodeKeys
import java.security.KeyStore
import javax.crypto.Mac
import javax.crypto.SecretKey

/**
 * Nodes of the key tree, held in Android's key store as keys of HMAC-SHA256: HKDF-Expand of 32 bytes (RFC 5869) is one HMAC, so a node's
 * children are derived without it leaving the hardware. What is derived is a secret of the program's, to be wiped.
 *
 * Its keys are those whose names begin with [prefix]: two devices of one app have prefixes of which neither begins with the other.
 */
class HeldNodes(
    private val prefix: String = "io.wayseal.device.node.",
    /** Milliseconds to wait for an answer. */
    patience: Long = 20_000,
) : NodeKeys {
    private val calls = KeystoreCalls(patience)

    /** Moves a node of 32 bytes into the key store; the bytes are wiped here. */
    override fun hold(name: String, node: ByteArray) {
        require(node.size == NODE) { "a node is $NODE bytes" }
        val protection = KeyProtection.Builder(KeyProperties.PURPOSE_SIGN).build()
        val key = LentKey(node, KeyProperties.KEY_ALGORITHM_HMAC_SHA256)
        node.fill(0)
        calls.asked {
            // A late call needs the key to its end. The framework may still leave copies that are out of reach here: those of the parcel
            // in which it sends the key to the key store's process.
            try {
                KeystoreCalls.store().setEntry(prefix + name, KeyStore.SecretKeyEntry(key), protection)
            } finally {
                key.destroy()
            }
        }
    }

    override fun hmac(name: String, message: ByteArray): ByteArray = calls.asked {
        val node = KeystoreCalls.store().getKey(prefix + name, null) as SecretKey? ?: throw KeysLost()
        Mac.getInstance(KeyProperties.KEY_ALGORITHM_HMAC_SHA256).run {
            init(node)
            doFinal(message)
        }
    }

    override fun keep(names: List<String>) = calls.asked {
        val store = KeystoreCalls.store()
        val kept = names.mapTo(HashSet()) { prefix + it }
        store.aliases().toList().filter { it.startsWith(prefix) && it !in kept }.forEach(store::deleteEntry)
    }

    private companion object {
        const val NODE = 32
    }
}
