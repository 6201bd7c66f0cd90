package io.wayseal.device.keystore

import android.security.keystore.KeyPermanentlyInvalidatedException
import io.wayseal.device.KeysLost
import io.wayseal.device.KeysUnavailable
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

/** Calls of Android's key store, each within its time, and what their failures are: a key that is lost, or a key store to be asked again. */
internal class KeystoreCalls(private val patience: Long) {
    fun <T> asked(block: () -> T): T {
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
        const val PROVIDER = "AndroidKeyStore"

        fun store(): KeyStore = KeyStore.getInstance(PROVIDER).apply { load(null) }
    }
}
