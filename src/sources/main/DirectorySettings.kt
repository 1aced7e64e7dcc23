package twitchactors.sources

import com.typesafe.config.Config
import com.typesafe.config.ConfigException
import twitchactors.domain.BadInput
import java.net.URI
import java.net.URISyntaxException
import java.nio.file.Files
import java.nio.file.InvalidPathException
import java.nio.file.Path
import java.time.Duration

/**
 * What `twitchactors.directory` says.
 *
 * @param url of Twitch's pages, without a slash at the end
 * @param lib the folder with the jars of the module `directory`, Playwright's among them
 * @param browser a Chromium; null: Playwright's own, which it downloads when it is not there
 * @param sandbox whether Chromium shuts its pages in; as root it cannot
 * @param startLimit how long the browser may take until it can be asked; downloading it is part of that
 * @param firstCards how long a page may take until it shows a card
 * @param quiet a list is at its end when no new card has come for so long
 * @param limit of one question; what was read until then is the answer
 * @param grace after that limit; a browser that has not answered then hangs, and is ended
 * @param mostMemory bytes; a browser that has more after an answer is started anew
 * @param idleAfter a browser that was asked nothing for so long is ended until it is asked again
 * @param firstRest after a browser died or did not start; each further time in a row it is twice as long, to 5 min
 * @param java the program that starts its process
 */
class DirectorySettings(
    val url: String,
    val lib: Path,
    val browser: Path?,
    val sandbox: Boolean = true,
    val startLimit: Duration = Duration.ofMinutes(5),
    val firstCards: Duration = Duration.ofSeconds(20),
    val quiet: Duration = Duration.ofSeconds(3),
    val limit: Duration = Duration.ofSeconds(60),
    val grace: Duration = Duration.ofSeconds(15),
    val mostMemory: Long = 1L shl 30,
    val idleAfter: Duration = Duration.ofMinutes(5),
    val firstRest: Duration = Duration.ofSeconds(2),
    val java: Path = Path.of(System.getProperty("java.home"), "bin", "java"),
) {
    companion object {
        private const val SECTION = "twitchactors.directory"

        /** Reads the section [SECTION] of [config]; throws [BadInput] naming the key that is wrong. */
        fun from(config: Config): DirectorySettings = try {
            read(config.getConfig(SECTION))
        } catch (wrong: ConfigException) {
            throw BadInput("configuration: ${wrong.message}", wrong)
        }

        private fun read(section: Config) = DirectorySettings(
            url = url(section.getString("url").removeSuffix("/")),
            lib = lib(section),
            browser = if (section.getString("browser").isEmpty()) ChromiumProgram.find() else browser(section),
            sandbox = section.getBoolean("sandbox"),
            startLimit = duration(section, "start-limit"),
            firstCards = duration(section, "first-cards"),
            quiet = duration(section, "quiet"),
            limit = duration(section, "limit"),
            mostMemory = section.getBytes("most-memory"),
            idleAfter = duration(section, "idle-after"),
            firstRest = duration(section, "first-rest"),
        )

        private fun url(text: String): String {
            val uri = try {
                URI(text)
            } catch (_: URISyntaxException) {
                null
            }
            if (uri?.host == null || uri.scheme !in setOf("http", "https")) bad("url is $text: write it as https://www.twitch.tv")
            return text
        }

        private fun lib(section: Config): Path = path(section, "lib").also {
            if (section.getString("lib").isEmpty() || !Files.isDirectory(it)) {
                bad(
                    "lib is '${section.getString("lib")}', which is no folder of jars: start with TWITCHACTORS_SWEEPS_SOURCE=directory " +
                        "in the environment, then ./twitchactors builds it",
                )
            }
        }

        private fun browser(section: Config): Path = path(section, "browser").also {
            if (!Files.isExecutable(it)) bad("browser is $it, which cannot be run: name a Chromium, or leave it empty")
        }

        private fun path(section: Config, key: String): Path = try {
            Path.of(section.getString(key)).toAbsolutePath()
        } catch (wrong: InvalidPathException) {
            throw BadInput("$SECTION.$key is no path: ${wrong.message}", wrong)
        }

        private fun duration(section: Config, key: String): Duration = section.getDuration(key).also {
            if (it.isNegative || it.isZero) bad("$key is ${section.getString(key)}: a time above 0 is possible")
        }

        private fun bad(what: String): Nothing = throw BadInput("$SECTION.$what")
    }
}
