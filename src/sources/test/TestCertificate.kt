package twitchactors.sources

import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.util.Base64
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import kotlin.io.path.inputStream
import kotlin.io.path.writeText

/** A key and a certificate for [host] that nobody has signed but itself, made by the JDK's keytool. */
internal class TestCertificate(host: String) {
    private val store: KeyStore = KeyStore.getInstance("PKCS12")

    init {
        val folder = Files.createTempDirectory("twitchactors-certificate-")
        val file = folder.resolve("store")
        val keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString()
        val command = listOf(keytool, "-genkeypair", "-keystore", "$file", "-storetype", "PKCS12", "-storepass", PASSWORD) +
            listOf("-alias", ALIAS, "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=$host", "-ext", "san=dns:$host")
        val ended = ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start().waitFor()
        check(ended == 0) { "keytool ended with $ended" }
        file.inputStream().use { store.load(it, PASSWORD.toCharArray()) }
        folder.toFile().deleteRecursively()
    }

    /** Trusts this certificate and no other. */
    val trust: SSLContext = SSLContext.getInstance("TLS").apply {
        val trusted = KeyStore.getInstance("PKCS12").apply {
            load(null, null)
            setCertificateEntry(ALIAS, store.getCertificate(ALIAS))
        }
        val managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(trusted) }
        init(null, managers.trustManagers, null)
    }

    fun writeCertificate(folder: Path): Path = write(folder.resolve("cert.pem"), "CERTIFICATE", store.getCertificate(ALIAS).encoded)

    fun writeKey(folder: Path): Path = write(folder.resolve("key.pem"), "PRIVATE KEY", store.getKey(ALIAS, PASSWORD.toCharArray()).encoded)

    private fun write(file: Path, what: String, bytes: ByteArray): Path {
        val lines = Base64.getMimeEncoder(64, "\n".toByteArray()).encodeToString(bytes)
        file.writeText("-----BEGIN $what-----\n$lines\n-----END $what-----\n")
        return file
    }

    private companion object {
        const val ALIAS = "server"
        const val PASSWORD = "for tests"
    }
}
