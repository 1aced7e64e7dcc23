package twitchactors.browser

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import java.security.MessageDigest
import java.util.Base64
import java.util.HexFormat

/** What looks for logins finds them, and nothing where there are none. */
internal class LoginFinderTest {
    private val finder = LoginFinder(setOf("mila_42", "zoe"))
    private val login = "mila_42"

    private fun digest(algorithm: String) = MessageDigest.getInstance(algorithm).digest(login.toByteArray())

    @TestFactory
    fun `a login is found however it is written`(): List<DynamicTest> {
        val ways = mapOf(
            "plain" to login,
            "in capitals" to "Mila_42",
            "in a name" to "viewer_mila_42_day",
            "with percent signs" to login.toByteArray().joinToString("") { "%%%02X".format(it) },
            "with some of them" to "mila%5F42",
            "entities" to login.toByteArray().joinToString("") { "&#$it;" },
            "entities in hex" to login.toByteArray().joinToString("") { "&#x%x;".format(it) },
            "escapes" to login.toByteArray().joinToString("") { "\\u%04x".format(it) },
            "hex" to HexFormat.of().formatHex(login.toByteArray()),
            "hex in more hex" to "f" + HexFormat.of().formatHex("<$login>".toByteArray()),
            "SHA-256" to HexFormat.of().formatHex(digest("SHA-256")),
            "the beginning of SHA-256" to HexFormat.of().formatHex(digest("SHA-256")).take(16),
            "SHA-1" to HexFormat.of().withUpperCase().formatHex(digest("SHA-1")),
            "MD5" to HexFormat.of().formatHex(digest("MD5")),
            "SHA-256 in base64" to Base64.getEncoder().encodeToString(digest("SHA-256")),
            "SHA-256 for addresses" to Base64.getUrlEncoder().withoutPadding().encodeToString(digest("SHA-256")),
        ) + (0..3).associate { before ->
            "base64 after $before" to Base64.getEncoder().encodeToString(("{\"a\":\"".drop(before) + login + "\"}").toByteArray())
        }
        return ways.map { (way, written) ->
            DynamicTest.dynamicTest(way) { assertTrue(finder.found("<a title=\"$written\">").any { it.startsWith("mila_42") }, written) }
        }
    }

    @Test
    fun `what is no login is none`() =
        assertEquals(emptySet<String>(), finder.found("<p>milas_42 zoes emila_421 6d696c61 and all &#109;ila%20 else</p>"))
}
