package io.wayseal.device

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.StrongBoxUnavailableException
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGenerator
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/** What stands for `AndroidKeyStore` on a JVM: its keys in memory, and the faults that phones show. */
class FakeKeystore : Provider("AndroidKeyStore", "1", "keys in memory, for tests") {
    init {
        put("KeyStore.AndroidKeyStore", Store::class.java.name)
        put("KeyGenerator.AES", Generator::class.java.name)
    }

    class Store : KeyStoreSpi() {
        override fun engineGetKey(alias: String, password: CharArray?): Key? {
            Thread.sleep(slow)
            failure?.let { throw it }
            val key = keys[alias]
            val refused = refusal
            if (key == null || refused == null) return key
            return object : SecretKey by key {
                // Within the `init` of a cipher or a MAC.
                override fun getEncoded(): ByteArray = throw refused
            }
        }

        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit

        override fun engineDeleteEntry(alias: String) {
            keys.remove(alias)
        }

        override fun engineContainsAlias(alias: String) = alias in keys

        override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<Certificate>?) {
            // As a key store does, with a copy of its own.
            keys[alias] = SecretKeySpec(key.encoded, key.algorithm)
        }

        override fun engineSetEntry(alias: String, entry: java.security.KeyStore.Entry, parameter: java.security.KeyStore.ProtectionParameter?) {
            val key = (entry as java.security.KeyStore.SecretKeyEntry).secretKey
            imported = key
            Thread.sleep(slow)
            keys[alias] = SecretKeySpec(key.encoded, key.algorithm)
        }

        override fun engineSize() = keys.size

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(keys.keys)

        override fun engineIsKeyEntry(alias: String) = alias in keys

        override fun engineIsCertificateEntry(alias: String) = false

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

        override fun engineGetCertificate(alias: String): Certificate? = null

        override fun engineGetCertificateAlias(certificate: Certificate): String? = null

        override fun engineGetCreationDate(alias: String) = Date(0)

        override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<Certificate>?) = throw UnsupportedOperationException()

        override fun engineSetCertificateEntry(alias: String, certificate: Certificate) = throw UnsupportedOperationException()

        override fun engineStore(stream: OutputStream?, password: CharArray?) = throw UnsupportedOperationException()
    }

    class Generator : KeyGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun engineInit(random: SecureRandom?) = throw UnsupportedOperationException()

        override fun engineInit(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

        override fun engineInit(parameters: AlgorithmParameterSpec, random: SecureRandom?) {
            spec = parameters as KeyGenParameterSpec
        }

        override fun engineGenerateKey(): SecretKey {
            asked += spec
            Thread.sleep(slow)
            if (spec.isStrongBoxBacked && !hasStrongBox) throw StrongBoxUnavailableException("none here")
            val key = ByteArray(spec.keySize / 8).also { SecureRandom().nextBytes(it) }
            return SecretKeySpec(key, "AES").also { keys[spec.keystoreAlias] = it }
        }
    }

    companion object {
        val keys = HashMap<String, SecretKey>()
        val asked = ArrayList<KeyGenParameterSpec>()
        var hasStrongBox = true
        var failure: RuntimeException? = null
        var refusal: java.security.InvalidKeyException? = null
        var imported: SecretKey? = null
        @Volatile var slow = 0L

        fun install() {
            Security.removeProvider("AndroidKeyStore")
            Security.addProvider(FakeKeystore())
            keys.clear()
            asked.clear()
            hasStrongBox = true
            failure = null
            refusal = null
            imported = null
            slow = 0
        }
    }
}
