package twitchactors.store

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import twitchactors.domain.BadInput
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Callable
import java.util.concurrent.Executors

@ExtendWith(TestStores::class)
class UserTokensIT(private val started: TestStores.Started) {
    private val dataSource = started.dataSource
    private val keyFile = Path.of("target/it").resolve("tokens-${started.hashCode()}.key")
    private val tokens = UserTokens.open(dataSource, "", keyFile)
    private val until = Instant.parse("2026-08-01T12:00:00.123Z")

    private fun put(userId: String, access: String = "access_$userId", refresh: String = "refresh_$userId") =
        tokens.put(userId, "login_$userId", setOf("moderator:read:chatters", "chat:read"), access, refresh, until)

    @Test
    fun `what an account granted is there until it grants anew or is removed`() {
        put("1")
        val token = tokens.of("1")!!
        assertEquals(listOf("1", "login_1", "access_1", "refresh_1"), listOf(token.userId, token.login, token.access, token.refresh))
        assertEquals(setOf("chat:read", "moderator:read:chatters"), token.scopes)
        assertEquals(until, token.expiresAt)
        tokens.withdraw("1", token.version)
        assertTrue(tokens.all().single { it.userId == "1" }.isWithdrawn)
        put("1", access = "newer")
        val newer = tokens.of("1")!!
        assertEquals("newer" to false, newer.access to newer.isWithdrawn)
        assertTrue(newer.version > token.version)
        assertTrue(tokens.remove("1"))
        assertNull(tokens.of("1"))
        assertFalse(tokens.remove("1"))
    }

    @Test
    fun `of many who want to renew one pair, one may, and what is late replaces nothing`() {
        put("2")
        val version = tokens.of("2")!!.version
        val threads = Executors.newFixedThreadPool(8)
        val claims = threads.invokeAll(List(16) { Callable { tokens.claim("2", version, Duration.ofMinutes(1)) } }).count { it.get() }
        threads.shutdown()
        assertEquals(1, claims)
        assertTrue(tokens.replace("2", version, "second", "r", until))
        assertFalse(tokens.replace("2", version, "late", "r", until))
        assertFalse(tokens.claim("2", version, Duration.ofMinutes(1)))
        assertEquals("second", tokens.of("2")!!.access)
        assertTrue(tokens.claim("2", version + 1, Duration.ofMinutes(1)))
        tokens.release("2", version + 1)
        assertTrue(tokens.claim("2", version + 1, Duration.ZERO))
        assertTrue(tokens.claim("2", version + 1, Duration.ofMinutes(1)), "a claim that is over is no claim")
    }

    @Test
    fun `no token can be read from the database, moved to another account, or read with another key`() {
        put("3", access = "not_to_be_found")
        put("4")
        fun secret(id: String) = dataSource.query("SELECT secret FROM user_tokens WHERE user_id = ?", id) { it.getBytes(1) }.single()
        assertFalse("not_to_be_found" in String(secret("3"), Charsets.ISO_8859_1))
        val first = secret("3")
        put("3", access = "not_to_be_found")
        assertNotEquals(first.toList(), secret("3").toList())
        dataSource.update("UPDATE user_tokens SET secret = ? WHERE user_id = '4'", secret("3"))
        assertTrue("damaged" in assertThrows(BadInput::class.java) { tokens.of("4") }.message!!)
        tokens.remove("4")
        val other = assertThrows(BadInput::class.java) { UserTokens.open(dataSource, "0f".repeat(32), keyFile) }
        assertTrue("TWITCHACTORS_TOKENS_KEY" in other.message!!)
    }
}
