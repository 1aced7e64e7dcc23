package twitchactors.cluster

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** A certificate authority for one test, by openssl, and the folders that it makes for nodes. */
class Certificates(private val folder: Path) {
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

    private fun openssl(vararg words: String) {
        val log = folder.resolve("openssl.log")
        val builder = ProcessBuilder(listOf("openssl") + words).directory(folder.toFile())
        val process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start()
        check(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0) { "openssl ${words.joinToString(" ")}: ${log.readText()}" }
    }
}
