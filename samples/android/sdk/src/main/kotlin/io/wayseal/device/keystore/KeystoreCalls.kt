package io.wayseal.device.keystore

import android.security.keystore.KeyPermanentlyInvalidatedException
import io.wayseal.device.KeysLost
import io.wayseal.device.KeysUnavailable
import java.security.KeyStore
import java.security.UnrecoverableKeyException
import java.util.concurrent.ExecutionException
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import javax.crypto.AEADBadTagException

/** Calls of Android's key store, each within its time, and what their failures are: a key that is lost, or a key store to be asked again. */
internal class KeystoreCalls(private val patience: Long) {
    // One thread, so that calls reach the key store in their order: what comes after a late call waits behind it. It ends when idle.
    private val thread = ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, LinkedBlockingQueue()) {
        Thread(it, "wayseal-keystore").apply { isDaemon = true }
    }.apply { allowCoreThreadTimeOut(true) }

    /** A [block] that is late runs on to its end, before the next one. */
    fun <T> asked(block: () -> T): T {
        try {
            return thread.submit(block).get(patience, TimeUnit.MILLISECONDS)
        } catch (_: TimeoutException) {
            throw KeysUnavailable("the key store does not answer within $patience ms")
        } catch (failed: ExecutionException) {
            throw told(failed.cause ?: failed)
        }
    }

    private fun told(failed: Throwable): Exception = when (failed) {
        is KeysLost -> failed
        is KeyPermanentlyInvalidatedException, is UnrecoverableKeyException, is AEADBadTagException -> KeysLost(failed)
        // Any other InvalidKeyException may be a passing fault: Android throws it for each error of the key store that it has no name for.
        is Exception -> if (isGone(failed)) KeysLost(failed) else KeysUnavailable(failed.toString(), failed)
        else -> throw failed
    }

    /** Whether the key store says that it has no such key, or that it cannot read the key's blob any more. */
    private fun isGone(failed: Exception) =
        generateSequence<Throwable>(failed) { it.cause }.take(8).any { GONE.containsMatchIn(it.message.orEmpty()) }

    companion object {
        const val PROVIDER = "AndroidKeyStore"

        private val GONE = Regex("key[ _]not[ _]found|invalid[ _]key[ _]blob|keystore code: (-33|7)\\b", RegexOption.IGNORE_CASE)

        fun store(): KeyStore = KeyStore.getInstance(PROVIDER).apply { load(null) }
    }
}
