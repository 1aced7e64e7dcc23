package twitchactors.node

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.web.Role
import twitchactors.web.Users
import java.nio.file.Path

class AccountCommandTest {
    @TempDir
    lateinit var data: Path

    private fun account(vararg words: String, input: String = ""): Exit {
        val usual = System.`in`
        System.setIn(input.byteInputStream())
        return try {
            run(listOf("account") + words + listOf("--data", "$data"))
        } finally {
            System.setIn(usual)
        }
    }

    @Test
    fun `an account is made, changed and removed while a node runs`() {
        val node = Users.open(data.resolve("users.json"))
        assertEquals(Exit.DONE, account("set", "visitor", input = "first-password\n"))
        assertEquals(Role.VISITOR, node.check("visitor", "first-password")?.role)
        assertEquals(Exit.DONE, account("set", "visitor", "--role", "admin", input = "second-password\n"))
        assertNull(node.check("visitor", "first-password"))
        assertEquals(Role.ADMIN, node.check("visitor", "second-password")?.role)
        assertEquals(Exit.DONE, account("set", "visitor", input = "third-password\n"))
        assertEquals(Role.ADMIN, node.check("visitor", "third-password")?.role)
        assertEquals(Exit.DONE, account("list"))
        assertEquals(Exit.DONE, account("remove", "visitor"))
        assertNull(node.find("visitor"))
    }

    @Test
    fun `what cannot be is refused, and leaves all as it was`() {
        val node = Users.open(data.resolve("users.json"))
        val ann = node.create(Role.VISITOR, "ann", "a-longer-password")
        assertEquals(Exit.BAD_INPUT, account("set", "ann", "--role", "admin", input = "short\n"))
        assertEquals(Exit.BAD_INPUT, account("set", "ann", "--role", "queen", input = "a-longer-password\n"))
        assertEquals(Exit.BAD_INPUT, account("set", "ann"))
        assertEquals(Exit.BAD_INPUT, account("set", "no name", input = "a-longer-password\n"))
        assertEquals(Exit.BAD_INPUT, account("set", "admin", input = "a-longer-password\n"))
        assertEquals(Exit.BAD_INPUT, account("remove", "bob"))
        assertEquals(listOf(ann), node.all)
    }
}
