package twitchactors.browser

import java.net.URLDecoder
import java.security.MessageDigest
import java.util.Base64
import java.util.HexFormat

/**
 * Finds logins in a text, in whatever way they are written: as they are, in URLs, as entities of HTML, escaped as in JSON, in hex, in
 * base64 wherever they begin in it, and as their SHA-256, SHA-1 or MD5. Not by looking for each of them in each way, but by undoing
 * these ways and looking at all words that come out.
 */
internal class LoginFinder(private val logins: Set<String>) {
    private val digests: Map<String, String> = logins.flatMap { login ->
        ALGORITHMS.map { HexFormat.of().formatHex(MessageDigest.getInstance(it).digest(login.toByteArray())).take(DIGEST_HEX) to login }
    }.toMap()
    private val digestBytes: Map<Long, String> = digests.mapKeys { HexFormat.fromHexDigitsToLong(it.key) }

    /** What was found, with the way in which it was written. */
    fun found(text: String): Set<String> {
        val found = LinkedHashSet<String>()
        for ((way, read) in readings(text)) {
            words(read, 1) { found += "$it, $way" }
            HEX.findAll(read).forEach { hex(it.value, "$way, hex", found) }
            BASE64.findAll(read).forEach { base64(it.value, "$way, base64", found) }
        }
        return found
    }

    /** [text] as it is, and with each way of writing undone, one after the other. */
    private fun readings(text: String): Map<String, String> {
        val entities = Markup.text(text)
        val percents = percents(entities)
        val escapes = ESCAPE.replace(percents) { it.groupValues[1].ifEmpty { it.groupValues[2] }.toInt(16).toChar().toString() }
        return linkedMapOf("plain" to text, "entities" to entities, "percent signs" to percents, "escapes" to escapes)
            .entries.distinctBy { it.value }.associate { it.key to it.value }
    }

    private fun percents(text: String): String = PERCENTS.replace(text) { run ->
        runCatching { URLDecoder.decode(run.value, Charsets.UTF_8) }.getOrDefault(run.value)
    }

    /** The words of [text], and the parts of those that are joined by `_`. */
    private fun words(text: String, shortest: Int, tell: (String) -> Unit) = WORD.findAll(text).forEach { word ->
        val name = word.value.lowercase()
        if (name.length < shortest) return@forEach
        val cuts = listOf(-1) + name.indices.filter { name[it] == '_' } + name.length
        for (i in cuts.indices) {
            for (j in i + 1 until cuts.size) {
                val part = name.substring(cuts[i] + 1, cuts[j])
                if (part.length >= shortest && part in logins) tell(part)
            }
        }
    }

    private fun hex(run: String, way: String, found: MutableSet<String>) {
        val lower = run.lowercase()
        for (at in 0..lower.length - DIGEST_HEX) digests[lower.substring(at, at + DIGEST_HEX)]?.let { found += "$it, $way of a digest" }
        for (start in 0..1) {
            val even = lower.substring(start, start + (lower.length - start) / 2 * 2)
            inBytes(HexFormat.of().parseHex(even), way, found)
        }
    }

    private fun base64(run: String, way: String, found: MutableSet<String>) {
        val usual = run.replace('-', '+').replace('_', '/')
        for (start in 0..3) {
            val whole = usual.drop(start).let { it.take(it.length / 4 * 4 + if (it.length % 4 == 1) 0 else it.length % 4) }
            inBytes(Base64.getDecoder().decode(whole), way, found)
        }
    }

    private fun inBytes(bytes: ByteArray, way: String, found: MutableSet<String>) {
        words(String(bytes, Charsets.ISO_8859_1), SHORTEST_ENCODED) { found += "$it, $way" }
        var last = 0L
        bytes.forEachIndexed { i, byte ->
            last = last shl 8 or (byte.toLong() and 0xff)
            if (i >= 7) digestBytes[last]?.let { found += "$it, $way of a digest" }
        }
    }

    private companion object {
        val ALGORITHMS = listOf("SHA-256", "SHA-1", "MD5")

        /** So much of a digest is looked for: shorter ones happen by chance. */
        const val DIGEST_HEX = 16

        /** Shorter words come out of what is no text by chance. */
        const val SHORTEST_ENCODED = 6
        val WORD = Regex("[A-Za-z0-9_]+")
        val HEX = Regex("[0-9a-fA-F]{${2 * SHORTEST_ENCODED},}")
        val BASE64 = Regex("[A-Za-z0-9+/_-]{${SHORTEST_ENCODED * 4 / 3},}")
        val PERCENTS = Regex("(?:%[0-9a-fA-F]{2})+")
        val ESCAPE = Regex("\\\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
    }
}
