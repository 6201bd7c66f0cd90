package io.wayseal.device.keystore

import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import io.wayseal.device.Keys
import io.wayseal.device.KeysLost
import io.wayseal.device.KeysUnavailable
import java.io.File
import java.security.GeneralSecurityException
import java.security.InvalidKeyException
import java.security.KeyStore
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import java.util.concurrent.ExecutionException
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * A key of Android's key store, in a StrongBox where the device has one and in the trusted environment else. It never leaves it.
 *
 * A wrap is `1 ‖ length of the nonce ‖ nonce ‖ cipher text ‖ tag`, AES-256-GCM. A wrap of another key, a key that is gone and one that a new
 * screen lock invalidated are [KeysLost]; everything else that fails, and an answer later than [patience], is [KeysUnavailable].
 *
 * Keep the device's folder where no backup and no transfer takes it: [folder] is there. A wrap on another phone is lost.
 */
class KeystoreKeys(
    private val alias: String = "io.wayseal.device",
    private val strongBox: Boolean = true,
    /** Milliseconds to wait for an answer: a StrongBox may take seconds at its first use. */
    private val patience: Long = 20_000,
) : Keys {
    override fun wrap(secret: ByteArray): ByteArray = asked {
        val cipher = Cipher.getInstance(TRANSFORMATION)
        cipher.init(Cipher.ENCRYPT_MODE, key() ?: made())
        val sealed = cipher.doFinal(secret)
        byteArrayOf(VERSION, cipher.iv.size.toByte()) + cipher.iv + sealed
    }

    override fun unwrap(wrap: ByteArray): ByteArray = asked {
        if (wrap.size < 2 || wrap[0] != VERSION || wrap.size < 2 + wrap[1]) throw KeysLost()
        val nonce = wrap[1].toInt()
        val cipher = Cipher.getInstance(TRANSFORMATION)
        cipher.init(Cipher.DECRYPT_MODE, key() ?: throw KeysLost(), GCMParameterSpec(TAG_BITS, wrap, 2, nonce))
        cipher.doFinal(wrap, 2 + nonce, wrap.size - 2 - nonce)
    }

    private fun key(): SecretKey? = store().getKey(alias, null) as SecretKey?

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
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
        generator.init(spec.build())
        return generator.generateKey()
    }

    /** Erases the key, so that what it wraps is lost: for a device that is given away. */
    fun erase() = asked { store().deleteEntry(alias) }

    private fun store(): KeyStore = KeyStore.getInstance(PROVIDER).apply { load(null) }

    private fun <T> asked(block: () -> T): T {
        val thread = Executors.newSingleThreadExecutor { Thread(it, "wayseal-keystore").apply { isDaemon = true } }
        try {
            return thread.submit(block).get(patience, TimeUnit.MILLISECONDS)
        } catch (_: TimeoutException) {
            throw KeysUnavailable("the key store does not answer within $patience ms")
        } catch (failed: ExecutionException) {
            throw told(failed.cause ?: failed)
        } finally {
            thread.shutdown()
        }
    }

    private fun told(failed: Throwable): Exception = when (failed) {
        is KeysLost -> failed
        is KeyPermanentlyInvalidatedException, is UnrecoverableKeyException, is AEADBadTagException -> KeysLost(failed)
        // Some key stores say so of a key whose blob they cannot read any more.
        is InvalidKeyException -> KeysLost(failed)
        is GeneralSecurityException, is ProviderException -> KeysUnavailable(failed.toString(), failed)
        is Exception -> KeysUnavailable(failed.toString(), failed)
        else -> throw failed
    }

    companion object {
        private const val PROVIDER = "AndroidKeyStore"
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
