package io.wayseal.device

/**
 * A key store that protects what a device keeps. It is asked once when a device is enrolled and once when it is opened, never for a scan.
 */
interface Keys {
    /**
     * Wraps a secret of 32 bytes, which the caller wipes.
     *
     * @throws KeysLost if the key store's key is gone.
     * @throws KeysUnavailable if it does not answer now.
     */
    fun wrap(secret: ByteArray): ByteArray

    /**
     * The secret of a wrap; the caller wipes it.
     *
     * @throws KeysLost if the key is gone or the wrap is not of it.
     * @throws KeysUnavailable if it does not answer now.
     */
    fun unwrap(wrap: ByteArray): ByteArray
}

/** The key is gone, as after a backup, a transfer or a new screen lock: the device is enrolled anew, and its old log goes in unanswered. */
class KeysLost(cause: Throwable? = null) : Exception("the key store has lost the device's key", cause)

/** The key store does not answer now: try again. */
class KeysUnavailable(message: String, cause: Throwable? = null) : Exception(message, cause)
