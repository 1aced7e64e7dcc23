package twitchactors.web

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.time.Duration

class SessionsTest {
    @TempDir
    lateinit var folder: Path
    private var now = 0L

    @Test
    fun `a session ends when it is idle, and after its longest time in any case`() {
        val users = Users.open(folder.resolve("users.json"))
        val account = users.create(Role.VISITOR, "visitor", "visitorpassword")
        val sessions = Sessions(users, { now }, idle = Duration.ofHours(8), longest = Duration.ofDays(7))
        val idle = sessions.begin(account)
        val busy = sessions.begin(account)
        repeat(24) {
            now += Duration.ofHours(7).toNanos()
            assertEquals(account, sessions.account(busy))
        }
        assertNull(sessions.account(idle))
        now += Duration.ofMinutes(1).toNanos()
        assertNull(sessions.account(busy))
    }
}
