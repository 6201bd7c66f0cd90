package io.wayseal.device

import java.io.File
import java.nio.file.Files
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/** The authority, the auditor and a sealer: a program that is asked in lines. */
class Depot : AutoCloseable {
    private val process = ProcessBuilder(checkNotNull(System.getProperty("wayseal.depot")) { "-Dwayseal.depot" })
        .redirectError(ProcessBuilder.Redirect.INHERIT).start()
    private val input = process.outputStream.bufferedWriter()
    private val output = process.inputStream.bufferedReader()

    private fun ask(vararg words: Any): String {
        input.write(words.joinToString(" ") + "\n")
        input.flush()
        val line = checkNotNull(output.readLine()) { "the depot ended" }
        check(line.startsWith("ok ")) { "${words.first()}: $line" }
        return line.substring(3)
    }

    fun enrolment(device: String) = ask("enrol", device).unhex()

    fun grant(device: String, recipient: String = "", now: Long = NOW, budget: Int? = null, reopen: String = "count") =
        ask("grant", device, recipient.ifEmpty { "-" }, now, budget ?: "-", reopen).unhex()

    /** A grant of a station by which its device gives passes. */
    fun passing(device: String, recipient: String, site: Int = 12, budget: Int? = null, now: Long = NOW) =
        ask("passing", device, recipient, site, now, budget ?: "-").unhex()

    /** The two grants of a desk: what it opens, and what it seals with by signed stations. */
    fun desk(device: String, recipient: String, now: Long = NOW) =
        listOf("desk", "sealing").map { ask(it, device, recipient, now).unhex() }

    /** The signature of a file of stations. */
    fun stations(file: ByteArray, now: Long = NOW) = ask("stations", file.hex(), now).unhex()

    fun label(number: Int, now: Long = NOW): Label = label("YT%013d".format(number), now)

    fun label(waybill: String, now: Long = NOW): Label = ask("label", waybill, now).split(' ').let { (text, name, phone) ->
        Label(text.unhex().decodeToString(), name.unhex(), phone.unhex())
    }

    /** The rows of a label's QR code, `1` for dark. */
    fun symbol(label: Label): List<String> = ask("symbol", label.text.encodeToByteArray().hex()).split(' ')

    fun code(label: Label, now: Long = NOW): CharArray = ask("code", label.text.encodeToByteArray().hex(), now).toCharArray()

    fun list(now: Long = NOW) = ask("list", now).unhex()

    fun operators(number: Int, operator: Int, pin: String) = ask("operators", number, operator, pin).unhex()

    fun challenge() = ask("challenge").unhex()

    fun head(handIn: ByteArray, now: Long = NOW) = ask("hand-in", now, handIn.hex()).unhex()

    /** The head of a log that follows one whose key was lost. */
    fun headAfter(before: ByteArray, handIn: ByteArray, now: Long = NOW) = ask("hand-in", now, handIn.hex(), before.hex()).unhex()

    /** The entries of a log, by name; fails if the auditor finds it damaged. */
    fun log(bytes: ByteArray): List<String> = ask("log", bytes.hex()).split(' ')

    fun bundle(vararg items: ByteArray) = ask("bundle", *items.map { it.hex() }.toTypedArray()).unhex()

    fun rotate(now: Long = NOW) = ask("rotate", now)

    /** The recipient to lock to, and the identity that unlocks. */
    fun lock(): Pair<String, ByteArray> = ask("lock").split(' ').let { (recipient, identity) -> recipient to identity.unhex() }

    override fun close() {
        input.close()
        process.waitFor()
    }

    /** A label, with name and phone of its recipient, each byte with 0x55. */
    class Label(val text: String, val hiddenName: ByteArray, val hiddenPhone: ByteArray)

    companion object {
        /** Eleven o'clock UTC of a day in November 2026. */
        const val NOW = (2519L + 18262) * 86_400 + 11 * 3600

        fun folder(): File = Files.createTempDirectory("wayseal").toFile().also { it.deleteOnExit() }

        /** The bytes of a text in memory, told again. */
        fun shown(hidden: ByteArray) = ByteArray(hidden.size) { (hidden[it].toInt() xor 0x55).toByte() }
    }
}

fun ByteArray.hex(): String = joinToString("") { "%02x".format(it) }

fun String.unhex(): ByteArray = chunked(2).map { it.toInt(16).toByte() }.toByteArray()

/** A key store of a test's own, which plays faults. */
class TestKeys(override val nodes: NodeKeys? = null) : Keys {
    private var mask = 0x3c
    var silent = false
    var asked = 0

    fun lose() {
        mask = mask xor 0x11
    }

    override fun wrap(secret: ByteArray): ByteArray {
        check(secret.size == 32)
        return byteArrayOf(mask.toByte()) + secret.masked()
    }

    override fun unwrap(wrap: ByteArray): ByteArray {
        asked += 1
        if (silent) throw KeysUnavailable("StrongBox is busy")
        if (wrap[0] != mask.toByte()) throw KeysLost()
        return wrap.copyOfRange(1, wrap.size).masked()
    }

    private fun ByteArray.masked() = ByteArray(size) { (this[it].toInt() xor mask).toByte() }
}

/** What holds nodes in memory. */
class TestNodes : NodeKeys {
    val held = HashMap<String, ByteArray>()
    var silent = false

    override fun hold(name: String, node: ByteArray) {
        if (silent) throw KeysUnavailable("busy")
        held[name] = node.copyOf()
    }

    override fun hmac(name: String, message: ByteArray): ByteArray {
        if (silent) throw KeysUnavailable("busy")
        val node = held[name] ?: throw KeysLost()
        return Mac.getInstance("HmacSHA256").run {
            init(SecretKeySpec(node, "HmacSHA256"))
            doFinal(message)
        }
    }

    override fun keep(names: List<String>) {
        if (silent) throw KeysUnavailable("busy")
        held.keys.retainAll(names.toSet())
    }
}

fun <T> Outcome<T>.done(): T = when (this) {
    is Outcome.Done -> value
    is Outcome.Failed -> throw AssertionError(failure.toString())
}

fun Outcome<*>.failed(): Code = when (this) {
    is Outcome.Done -> throw AssertionError("done")
    is Outcome.Failed -> failure.code
}

/** The code that a scan was refused or failed with; `null` if the label opened. */
fun Scanned.code(): Code? = when (this) {
    is Opened -> null
    is Scanned.Refused -> code
    is Scanned.Failed -> failure.code
}
