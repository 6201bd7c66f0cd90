package io.wayseal.device

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import io.wayseal.device.Depot.Companion.NOW
import io.wayseal.device.depot.DepotExchange
import io.wayseal.device.depot.HttpsDepot
import java.io.File
import java.net.InetAddress
import java.net.InetSocketAddress
import java.security.KeyStore
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test

/** The exchange with a depot over HTTPS, against a server of this machine. */
class HttpsDepotTest {
    private val depot = Depot()
    private val keys = serverKeys()
    private val tls = SSLContext.getInstance("TLS").apply {
        val mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply { init(keys, PASSWORD) }
        val trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(keys) }
        init(mine.keyManagers, trusted.trustManagers, null)
    }
    private val server = HttpsServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0).apply {
        httpsConfigurator = HttpsConfigurator(tls)
        start()
    }
    private val address = "https://localhost:${server.address.port}"

    @After fun end() {
        server.stop(0)
        depot.close()
    }

    private fun trusting(connection: HttpsURLConnection) {
        connection.sslSocketFactory = tls.socketFactory
    }

    private fun serve(path: String, answer: (ByteArray) -> Pair<Int, ByteArray>) {
        server.createContext(path) { exchange: HttpExchange ->
            val (status, body) = answer(exchange.requestBody.readBytes())
            exchange.sendResponseHeaders(status, if (body.isEmpty()) -1 else body.size.toLong())
            exchange.responseBody.use { it.write(body) }
        }
    }

    @Test fun `a device fetches what waits and hands in what is wanted`() {
        val folder = File(Depot.folder(), "pda")
        val recipient = Device.enrol(folder, depot.enrolment("pda-17"), TestKeys()).done()
        val device = Device.open(folder, TestKeys(), NOW).done()
        lateinit var asked: String
        serve("/12/fetch") { request ->
            asked = request.decodeToString()
            200 to depot.bundle(depot.grant("pda-17", recipient, budget = 1), depot.list(), "noise".encodeToByteArray())
        }
        serve("/12/hand-in") { log -> 200 to depot.bundle(depot.head(log)) }
        val exchange = DepotExchange(HttpsDepot("$address/12/", ::trusting))
        val done = exchange.run(device, NOW) as DepotExchange.Result.Done
        assertTrue(asked, asked.startsWith("wayseal fetch 1\ndevice pda-17\nrecipient $recipient\n"))
        assertEquals(listOf("grant", "list", "unknown_file", "head"), done.receipts.map { it.taken.valueOrNull()?.kind ?: it.taken.failed().id })
        assertTrue(done.handedIn)
        assertNull(device.scan(depot.label(1).text, now = NOW).code())
        assertEquals(Code.BUDGET_SPENT, device.scan(depot.label(2).text, now = NOW).code())
        // The next exchange ends the budget's span.
        assertTrue(exchange.run(device, NOW + 60) is DepotExchange.Result.Done)
        assertNull(device.scan(depot.label(2).text, now = NOW + 100).code())
        device.close()
        val closed = exchange.run(device, NOW) as DepotExchange.Result.Failed
        assertEquals(Code.CLOSED, closed.failure.code)
    }

    @Test fun `a depot that is not reached or not itself is offline and changes nothing`() {
        val folder = File(Depot.folder(), "pda")
        Device.enrol(folder, depot.enrolment("pda-17")).done()
        val device = Device.open(folder, now = NOW).done()
        val before = device.status(NOW).done().entries
        serve("/fault/fetch") { 500 to ByteArray(0) }
        serve("/moved/fetch") { 302 to ByteArray(0) }
        serve("/noise/fetch") { 200 to "hello".encodeToByteArray() }
        for (path in listOf("fault", "moved", "none")) {
            assertTrue(path, DepotExchange(HttpsDepot("$address/$path", ::trusting)).run(device, NOW) is DepotExchange.Result.Offline)
        }
        // A server whose certificate nobody vouches for.
        assertTrue(DepotExchange(HttpsDepot("$address/noise")).run(device, NOW) is DepotExchange.Result.Offline)
        val noise = DepotExchange(HttpsDepot("$address/noise", ::trusting)).run(device, NOW) as DepotExchange.Result.Failed
        assertEquals(Code.UNKNOWN_FILE, noise.failure.code)
        assertEquals(before, device.status(NOW).done().entries)
        for (other in listOf("http://localhost", "localhost", "file:///etc", "https:///x")) {
            assertThrows(other, IllegalArgumentException::class.java) { HttpsDepot(other) }
        }
    }

    private fun serverKeys(): KeyStore {
        val file = File(Depot.folder(), "server.p12")
        val tool = File(System.getProperty("java.home"), "bin/keytool").path
        val made = ProcessBuilder(
            tool, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost",
            "-ext", "san=dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore", file.path, "-storepass", String(PASSWORD),
        ).inheritIO().start().waitFor()
        check(made == 0)
        return file.inputStream().use { KeyStore.getInstance("PKCS12").apply { load(it, PASSWORD) } }
    }

    private companion object {
        val PASSWORD = "changeit".toCharArray()
    }
}
