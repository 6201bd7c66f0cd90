package io.wayseal.device.depot

import java.io.ByteArrayOutputStream
import java.io.IOException
import java.net.HttpURLConnection
import java.net.URI
import java.net.URL
import javax.net.ssl.HttpsURLConnection

/**
 * A depot at an HTTPS address: `POST ADDRESS/fetch` and `POST ADDRESS/hand-in`, bytes in and bytes out.
 *
 * TLS keeps third parties from counting what a device does; that the bytes are right, the device proves by itself. Redirections are not
 * followed. An answer is at most [ANSWER_MAX] bytes.
 *
 * @param address the depot's address, `https://…`.
 * @param prepare what the fleet adds to each connection, such as a client certificate or a token.
 */
class HttpsDepot(address: String, private val prepare: (HttpsURLConnection) -> Unit = {}) : DepotTransport {
    private val address = URI(address.trimEnd('/'))

    init {
        require(this.address.scheme == "https" && this.address.host != null) { "a depot's address is https://…" }
    }

    override fun fetch(request: ByteArray): ByteArray = post("fetch", request)

    override fun handIn(bytes: ByteArray): ByteArray = post("hand-in", bytes)

    private fun post(path: String, body: ByteArray): ByteArray {
        val connection = URL("$address/$path").openConnection() as HttpsURLConnection
        try {
            connection.requestMethod = "POST"
            connection.connectTimeout = TIMEOUT
            connection.readTimeout = TIMEOUT
            connection.instanceFollowRedirects = false
            connection.useCaches = false
            connection.doOutput = true
            connection.setRequestProperty("Content-Type", "application/octet-stream")
            connection.setFixedLengthStreamingMode(body.size)
            prepare(connection)
            connection.outputStream.use { it.write(body) }
            if (connection.responseCode != HttpURLConnection.HTTP_OK) {
                throw IOException("the depot answers with status ${connection.responseCode}")
            }
            return read(connection)
        } finally {
            connection.disconnect()
        }
    }

    private fun read(connection: HttpsURLConnection): ByteArray = connection.inputStream.use { input ->
        val whole = ByteArrayOutputStream()
        val part = ByteArray(PART)
        var count = input.read(part)
        while (count >= 0) {
            if (whole.size() + count > ANSWER_MAX) throw IOException("the depot's answer is larger than $ANSWER_MAX bytes")
            whole.write(part, 0, count)
            count = input.read(part)
        }
        whole.toByteArray()
    }

    companion object {
        /** The most bytes of an answer, as the native library takes them. */
        const val ANSWER_MAX = 96 shl 20
        private const val TIMEOUT = 30_000
        private const val PART = 64 * 1024
    }
}
