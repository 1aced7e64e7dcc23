package twitchactors.twitch

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import twitchactors.domain.Login
import twitchactors.simulator.World

class AccountsTest {
    private val world = World(3, 2_000, 20)
    private val accounts = Accounts(world, 1.0)
    private val numbers = listOf(Accounts.COLLECTOR) + (0 until world.names.count)

    @Test
    fun `ids and logins lead to the account, each to one`() {
        for (number in numbers) {
            assertEquals(number, accounts.numberOfId(accounts.id(number)))
            assertEquals(number, accounts.numberOf(accounts.login(number)))
        }
        assertEquals(numbers.size, numbers.map { accounts.id(it) }.toSet().size)
        assertTrue(numbers.all { accounts.id(it) > 0 })
    }

    @Test
    fun `ids of nobody lead nowhere`() {
        val taken = numbers.map { accounts.id(it) }.toSet()
        val wrong = (-3L..3L) + listOf(Long.MIN_VALUE, Long.MAX_VALUE, 1L shl 30, (1L shl 30) + 2, 1L shl 40) + taken.map { it + 1 }
        for (id in wrong - taken) assertNull(accounts.numberOfId(id), "$id")
    }

    @Test
    fun `most display names are the login but for capitals, and some are not`() {
        val shown = numbers.associateWith { accounts.displayName(it) }
        val same = shown.count { (number, name) -> name.lowercase() == accounts.login(number) }
        assertTrue(same > numbers.size * 9 / 10 && same < numbers.size)
        assertTrue(shown.values.any { Login.of(it) == null })
        assertTrue(shown.values.any { it.first().isUpperCase() })
    }
}
