package twitchactors.web

import java.io.ByteArrayOutputStream
import java.security.MessageDigest
import java.util.HexFormat
import java.util.zip.Deflater
import java.util.zip.GZIPOutputStream

/** A file for browsers, with its hash in its name, so that they keep it for ever. Packed once, as small as gzip can. */
class Asset internal constructor(name: String, internal val type: String, resource: String) {
    internal val bytes: ByteArray = checkNotNull(Asset::class.java.getResourceAsStream(resource)) { "no $resource" }.use { it.readBytes() }

    internal val zipped: ByteArray by lazy {
        val out = ByteArrayOutputStream(bytes.size / 3)
        BestGzip(out).use { it.write(bytes) }
        out.toByteArray()
    }

    val path: String = "/assets/" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).take(12) + "-" + name

    private class BestGzip(out: ByteArrayOutputStream) : GZIPOutputStream(out) {
        init {
            def.setLevel(Deflater.BEST_COMPRESSION)
        }
    }
}
