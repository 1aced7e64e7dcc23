package twitchactors.cluster

import java.nio.file.Path
import java.security.KeyFactory
import java.security.KeyStore
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import java.security.spec.PKCS8EncodedKeySpec
import java.util.Base64
import java.util.concurrent.TimeUnit
import javax.net.ssl.KeyManager
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import kotlin.io.path.createDirectories
import kotlin.io.path.inputStream
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** A certificate authority for one test, by openssl, and the folders that it makes for nodes. */
class Certificates(val folder: Path) {
    init {
        folder.createDirectories()
        val itself = arrayOf("-x509", "-days", "2", "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.crt")
        openssl("req", "-newkey", "rsa:2048", "-nodes", *itself)
    }

    /** A folder with `ca.crt`, `tls.crt` and `tls.key` of a node, or of who else is called [name]. */
    fun node(name: String = "DNS:node.twitchactors"): Path {
        folder.resolve("names").writeText("subjectAltName=$name\nextendedKeyUsage=serverAuth,clientAuth\n")
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=node.twitchactors", "-keyout", "tls.key", "-out", "tls.csr")
        val signed = arrayOf("-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "tls.crt")
        openssl("x509", "-req", "-in", "tls.csr", *signed)
        return folder
    }

    /** The last one of [node]. */
    val certificate: X509Certificate get() = certificate("tls.crt")

    /**
     * For who trusts this authority and no other.
     *
     * @param shows whose certificate is shown; also to those of other authorities, for all authorities here have the same name. null: none
     */
    fun context(shows: Certificates? = this): SSLContext {
        val trusted = store { setCertificateEntry("authority", certificate("ca.crt")) }
        val trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(trusted) }
        return SSLContext.getInstance("TLS").apply { init(shows?.keys(), trust.trustManagers, null) }
    }

    private fun keys(): Array<KeyManager> {
        val der = folder.resolve("tls.key").readLines().filterNot { it.startsWith("-----") }.joinToString("")
        val key = KeyFactory.getInstance("RSA").generatePrivate(PKCS8EncodedKeySpec(Base64.getDecoder().decode(der)))
        val store = store { setKeyEntry("node", key, CharArray(0), arrayOf(certificate)) }
        return KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply { init(store, CharArray(0)) }.keyManagers
    }

    private fun store(fill: KeyStore.() -> Unit): KeyStore = KeyStore.getInstance("PKCS12").apply {
        load(null, null)
        fill()
    }

    private fun certificate(name: String) =
        folder.resolve(name).inputStream().use { CertificateFactory.getInstance("X.509").generateCertificate(it) as X509Certificate }

    private fun openssl(vararg words: String) {
        val log = folder.resolve("openssl.log")
        val builder = ProcessBuilder(listOf("openssl") + words).directory(folder.toFile())
        val process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start()
        check(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0) { "openssl ${words.joinToString(" ")}: ${log.readText()}" }
    }
}
