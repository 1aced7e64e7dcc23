package twitchactors.pipeline

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

/** `authorize` when nobody agrees: the user says no, or does not come in time. */
class AuthorizeIT {
    @Test
    fun `what is denied, and what nobody enters, is said, and nothing is stored`(@TempDir folder: Path) {
        val data = folder.resolve("data")
        // While time stands still no code grows old; then half an hour is two seconds.
        val size = listOf("--viewers", 500, "--streamers", 8, "--speed", 900)
        SimulatedTwitch.start(size, folder.resolve("served.jsonl")).use { twitch ->
            val environment = mapOf("TWITCHACTORS_SIMULATION_TWITCH" to twitch.url)
            val denied = twitch.asked(data, environment) { twitch.deny(it) }
            assertRefused(denied, "access_denied")
            val late = twitch.asked(data, environment) { twitch.begin(0) }
            assertRefused(late, "invalid device code")
            val listed = Program.run("authorize", "--list", "--data", data, environment = environment)
            assertTrue("no account has authorized us" in listed.out, "$listed")
        }
    }

    private fun assertRefused(ended: Program.Ended, reason: String) {
        assertEquals(2, ended.exit, "$ended")
        val line = ended.err.lines().last { it.isNotBlank() }
        assertTrue(reason in line && "was not entered in time, or was denied; run this command again" in line, "$ended")
    }
}
