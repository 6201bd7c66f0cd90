package io.wayseal.device

/**
 * A key store that protects what a device keeps. It is asked once when a device is enrolled and once when it is opened; a scan asks [nodes]
 * alone.
 */
interface Keys {
    /**
     * What holds the keys of stations itself, `null` without. Then it is asked at each scan of such a label too, and a device once opened
     * with it needs it from then on.
     */
    val nodes: NodeKeys? get() = null

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

/**
 * A key store that holds keys of stations: what a label needs is derived there, and they never leave it. Each device has one of its own, since
 * the names of two devices may be the same. It is asked on the thread that calls the device, and must not call it.
 */
interface NodeKeys {
    /**
     * Holds a key of 32 bytes, which the caller wipes, in place of one of that name.
     *
     * @throws KeysUnavailable if the key store does not answer now.
     */
    fun hold(name: String, node: ByteArray)

    /**
     * HMAC-SHA256 of a message under the key of that name; the caller wipes it.
     *
     * @throws KeysLost if there is none: the device takes its grant again.
     * @throws KeysUnavailable if the key store does not answer now.
     */
    fun hmac(name: String, message: ByteArray): ByteArray

    /**
     * Erases every key but those of these names.
     *
     * @throws KeysUnavailable if the key store does not answer now.
     */
    fun keep(names: List<String>)
}

/** The key is gone, as after a backup, a transfer or a new screen lock: the device is enrolled anew, and its old log goes in unanswered. */
class KeysLost(cause: Throwable? = null) : Exception("the key store has lost the device's key", cause)

/** The key store does not answer now: try again. */
class KeysUnavailable(message: String, cause: Throwable? = null) : Exception(message, cause)
