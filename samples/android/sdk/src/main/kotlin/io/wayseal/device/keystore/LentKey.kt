package io.wayseal.device.keystore

import javax.crypto.SecretKey

/** A raw key to be imported: it lends its own array and no copy, so that [destroy] wipes what the framework was given. */
internal class LentKey(key: ByteArray, private val algorithm: String) : SecretKey {
    @Transient private val bytes = key.copyOf()

    override fun getAlgorithm() = algorithm

    override fun getFormat() = "RAW"

    override fun getEncoded() = bytes

    override fun destroy() = bytes.fill(0)
}
