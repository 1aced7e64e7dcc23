package twitchactors.node

import com.github.ajalt.clikt.core.Context
import com.github.ajalt.clikt.core.CoreCliktCommand
import com.github.ajalt.clikt.core.subcommands
import com.github.ajalt.clikt.parameters.arguments.argument
import com.github.ajalt.clikt.parameters.options.convert
import com.github.ajalt.clikt.parameters.options.default
import com.github.ajalt.clikt.parameters.options.flag
import com.github.ajalt.clikt.parameters.options.option
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import twitchactors.domain.BadInput
import twitchactors.web.Role
import twitchactors.web.Users
import java.nio.file.Path

/** `account`: who may log in to the pages of a data folder. A node that runs there knows it at once. */
class AccountCommand : CoreCliktCommand(name = "account") {
    init {
        subcommands(Listed(), Set(), Removed())
    }

    override fun help(context: Context) = """
        Says who may log in to the pages: visitors see numbers and streamers, admins also what an operator needs.

        Accounts belong to the data folder of the node that serves the pages; one that runs knows of a change at once. The account "admin" is the node's own, with its password in DATA/admin.password.

        Examples:
          twitchactors account list
          twitchactors account set visitor
          twitchactors account set ann --role admin < password.txt
          twitchactors account remove ann
    """.trimIndent()

    override fun run() = Unit

    private class Listed : CoreCliktCommand(name = "list") {
        private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")
        private val json by option("--json", help = "print them as one JSON document").flag()

        override fun help(context: Context) = """
            Lists accounts and their roles.

            Examples:
              twitchactors account list
              twitchactors account list --json
        """.trimIndent()

        override fun run() {
            val all = users(data).all
            if (json) {
                echo(
                    buildJsonObject {
                        putJsonArray("accounts") {
                            for (account in all) {
                                addJsonObject {
                                    put("name", account.name)
                                    put("role", account.role.word)
                                }
                            }
                        }
                    },
                )
            } else {
                all.forEach { echo("${it.name}  ${it.role.word}") }
                if (all.isEmpty()) echo("there are no accounts yet")
            }
        }
    }

    private class Set : CoreCliktCommand(name = "set") {
        private val name by argument("NAME")
        private val role by option(
            "--role",
            metavar = "visitor|admin",
            help = "what it may see (default: what it could before, or visitor)",
        ).convert {
            Role.of(it) ?: fail("'$it' is no role: visitor or admin")
        }
        private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

        override fun help(context: Context) = """
            Makes an account, or gives the one that is there this role and password, which ends its sessions.

            The password is asked for at a terminal, and else is the first line of the input.

            Examples:
              twitchactors account set visitor
              twitchactors account set ann --role admin < password.txt
        """.trimIndent()

        override fun run() = accounts {
            val users = users(data)
            val before = users.find(own(name))
            val now = users.set(role ?: before?.role ?: Role.VISITOR, name, password())
            echo(if (before == null) "$name may log in as ${now.role.word}" else "$name has a new password, and is ${now.role.word}")
        }

        private fun password(): String {
            val console = System.console() ?: return readlnOrNull() ?: throw BadInput("there is no password: give it as a line of input")
            val first = String(console.readPassword("Password of %s: ", name) ?: CharArray(0))
            val again = String(console.readPassword("Once more: ") ?: CharArray(0))
            if (first != again) throw BadInput("the two passwords differ; nothing was changed")
            return first
        }
    }

    private class Removed : CoreCliktCommand(name = "remove") {
        private val name by argument("NAME")
        private val data by option("--data", metavar = "DIR", help = "the data folder (default data)").default("data")

        override fun help(context: Context) = """
            Removes an account, and ends its sessions.

            Examples:
              twitchactors account remove ann
        """.trimIndent()

        override fun run() = accounts {
            users(data).remove(own(name))
            echo("$name may not log in any more")
        }
    }

    private companion object {
        fun users(data: String): Users = accounts { Users.open(Path.of(data).resolve("users.json")) }

        /** The node's own account is made anew at each start: to change it here would last until then. */
        fun own(name: String): String {
            val isOurs = name == PageAccounts.ADMIN
            if (isOurs) throw BadInput("'$name' is the node's own: remove DATA/admin.password and start it anew for another password")
            return name
        }

        fun <T> accounts(change: () -> T): T = try {
            change()
        } catch (e: IllegalArgumentException) {
            throw BadInput(e.message.orEmpty())
        }
    }
}
