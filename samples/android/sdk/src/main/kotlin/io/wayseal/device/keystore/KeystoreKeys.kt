package io.wayseal.device.keystore

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import io.wayseal.device.Keys
import io.wayseal.device.KeysLost
import io.wayseal.device.NodeKeys
import java.io.File
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * A key of Android's key store, in a StrongBox where the device has one and in the trusted environment else. It never leaves it.
 *
 * A wrap is `1 ‖ length of the nonce ‖ nonce ‖ cipher text ‖ tag`, AES-256-GCM. A wrap of another key, a key that is gone and one that a new
 * screen lock invalidated are [KeysLost]; everything else that fails, and an answer later than `patience`, is [KeysUnavailable].
 *
 * Keep the device's folder where no backup and no transfer takes it: [folder] is there. A wrap on another phone is lost.
 */
class KeystoreKeys(
    private val alias: String = "io.wayseal.device",
    private val strongBox: Boolean = true,
    /** Milliseconds to wait for an answer: a StrongBox may take seconds at its first use. */
    patience: Long = 20_000,
    /** Whether the keys of stations are held in the key store too, under names that begin with [alias]: then it is asked at each scan. */
    holdNodes: Boolean = false,
) : Keys {
    private val calls = KeystoreCalls(patience)

    private val held = HeldNodes("$alias.node.", patience)

    override val nodes: NodeKeys? = held.takeIf { holdNodes }

    override fun wrap(secret: ByteArray): ByteArray = calls.asked {
        val cipher = Cipher.getInstance(TRANSFORMATION)
        cipher.init(Cipher.ENCRYPT_MODE, key() ?: made())
        val sealed = cipher.doFinal(secret)
        byteArrayOf(VERSION, cipher.iv.size.toByte()) + cipher.iv + sealed
    }

    override fun unwrap(wrap: ByteArray): ByteArray = calls.asked {
        if (wrap.size < 2 || wrap[0] != VERSION || wrap.size < 2 + wrap[1]) throw KeysLost()
        val nonce = wrap[1].toInt()
        val cipher = Cipher.getInstance(TRANSFORMATION)
        cipher.init(Cipher.DECRYPT_MODE, key() ?: throw KeysLost(), GCMParameterSpec(TAG_BITS, wrap, 2, nonce))
        cipher.doFinal(wrap, 2 + nonce, wrap.size - 2 - nonce)
    }

    private fun key(): SecretKey? = KeystoreCalls.store().getKey(alias, null) as SecretKey?

    private fun made(): SecretKey {
        if (strongBox && Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
            try {
                return made(strongBox = true)
            } catch (_: StrongBoxUnavailableException) {
                // It has none, or it is full.
            }
        }
        return made(strongBox = false)
    }

    private fun made(strongBox: Boolean): SecretKey {
        val spec = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
            .setKeySize(256)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
        if (strongBox && Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) spec.setIsStrongBoxBacked(true)
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, KeystoreCalls.PROVIDER)
        generator.init(spec.build())
        return generator.generateKey()
    }

    /** Erases the key, so that what it wraps is lost, and every node that is held beside it: for a device that is given away. */
    fun erase() {
        held.keep(emptyList())
        calls.asked { KeystoreCalls.store().deleteEntry(alias) }
    }

    companion object {
        private const val TRANSFORMATION = "AES/GCM/NoPadding"
        private const val VERSION: Byte = 1
        private const val TAG_BITS = 128

        /** Whether this phone has a StrongBox. */
        fun hasStrongBox(context: Context): Boolean = Build.VERSION.SDK_INT >= Build.VERSION_CODES.P &&
            context.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)

        /** Where a device's files belong: no backup and no transfer takes them. A device that is enrolled anew gets the next [number]. */
        fun folder(context: Context, number: Int = 0): File = File(context.noBackupFilesDir, "wayseal/$number")
    }
}
