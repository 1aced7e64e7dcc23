package twitchactors.services

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import com.typesafe.config.ConfigFactory
import com.typesafe.config.ConfigRenderOptions
import com.typesafe.config.ConfigValueFactory
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.time.DateTimeException
import java.time.Instant

/**
 * The process that owns a data folder, as it says in the folder's `owner.json`. The file says nothing about whether the process
 * still runs: that is for the folder's lock.
 *
 * @param ready false while its services start
 * @param addresses host:port by name: `kafka`, `mariadb`, `mongo`, `mongo-pages` of those that it runs, and what it announced besides
 */
class Owner(val pid: Long, val startedAt: Instant, val ready: Boolean, val addresses: Map<String, String>) {
    internal fun toJson(): String = ConfigValueFactory.fromMap(
        mapOf("pid" to pid, "started_at" to startedAt.toString(), "ready" to ready, "addresses" to addresses),
    ).render(ConfigRenderOptions.concise()) + "\n"

    companion object {
        private const val FILE = "owner.json"

        internal fun file(data: Path): Path = data.resolve(FILE)

        /** What `owner.json` of the folder [data] says; null when there is none. */
        fun read(data: Path): Owner? = try {
            file(data).takeIf { Files.exists(it) }?.let { parse(ConfigFactory.parseString(Files.readString(it))) }
        } catch (_: ConfigException) {
            null
        } catch (_: DateTimeException) {
            null
        } catch (_: NoSuchFileException) {
            null
        }

        private fun parse(json: Config) = Owner(
            json.getLong("pid"),
            Instant.parse(json.getString("started_at")),
            json.getBoolean("ready"),
            json.getObject("addresses").unwrapped().mapValues { it.value.toString() },
        )
    }
}
