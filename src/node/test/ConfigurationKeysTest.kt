package twitchactors.node

import com.typesafe.config.Config
import com.typesafe.config.ConfigFactory
import com.typesafe.config.ConfigResolveOptions
import com.typesafe.config.ConfigValueType
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readLines

/** The files in hocon say of each key what it is for, in which unit, and how the environment sets it. */
class ConfigurationKeysTest {
    /**
     * A key in its file.
     *
     * @param comment the text above it, to the next blank line
     * @param variable the one that sets it; null when the line after it names none
     */
    private class Documented(val path: String, val config: Config, val comment: String, val variable: String?) {
        private val value = config.getValue(path)

        /** Whether a reader learns in which unit [key]'s value is. */
        fun tellsUnit(key: ConfigurationKeys.Key?): Boolean = when (value.valueType()) {
            ConfigValueType.BOOLEAN -> Regex("true|false|[Ww]hether").containsMatchIn(comment)
            ConfigValueType.NUMBER -> key?.unit != null && key.unit in comment
            ConfigValueType.STRING -> value.unwrapped().toString().firstOrNull()?.isDigit() != true || UNIT.matches("${value.unwrapped()}")
            else -> false
        }
    }

    /** All but the one that includes them. */
    private fun files() = HOCON.listDirectoryEntries("*.conf").filterNot { it.name == "application.conf" }

    /** Each key of ours, and each of another's that the environment sets. */
    private fun documented(): List<Documented> = files().flatMap { file ->
        val lines = file.readLines().map(String::trim)
        val config = ConfigFactory.parseFile(file.toFile()).resolve(ConfigResolveOptions.noSystem())
        config.entrySet().mapNotNull { (path, value) ->
            val at = value.origin().lineNumber() - 1
            val variable = VARIABLE.find(lines.getOrElse(at + 1) { "" })
            val isOfThis = variable != null && variable.groupValues[1] == lines[at].substringBefore(" =")
            val comment = lines.take(at).takeLastWhile { it.isNotEmpty() }.filter { it.startsWith("#") }.joinToString(" ") { it.drop(2) }
            Documented(path, config, comment, if (isOfThis) variable.groupValues[2] else null)
                .takeIf { it.variable != null || path.startsWith("twitchactors.") }
        }
    }

    @Test
    fun `each key is changed by a test, and no other`(@TempDir folder: Path) {
        val keys = ConfigurationKeys(folder, "").run { together + apart }
        assertEquals(documented().map { it.path }.sorted(), keys.map { it.path }.distinct().sorted())
        val together = ConfigurationKeys(folder, "").together.map { it.effect }.filterNot { it in setOf("true", "false") }
        assertEquals(together.distinct(), together, "with one value for two keys they could be mistaken for each other")
    }

    @Test
    fun `each key has a comment that tells its unit`(@TempDir folder: Path) {
        val keys = ConfigurationKeys(folder, "").run { apart + together }.associateBy { it.path }
        for (key in documented()) {
            assertTrue(key.comment.length > 10, "${key.path} has no comment")
            assertTrue(key.tellsUnit(keys[key.path]), "the comment of ${key.path} does not tell its unit: ${key.comment}")
        }
    }

    @Test
    fun `each key is set by a variable of its own that is named after it`() {
        for (key in documented().filter { it.path.startsWith("twitchactors.") }) {
            val words = "_" + key.path.removePrefix("twitchactors.").uppercase().replace(Regex("[.-]"), "_")
            val variable = key.variable ?: "none"
            assertTrue(words.endsWith(variable.removePrefix("TWITCHACTORS")), "${key.path} is set by $variable")
        }
        val variables = documented().map { it.variable }
        assertEquals(variables.distinct(), variables)
    }

    companion object {
        private val UNIT = Regex("""\d+ ?(ms|s|m|minutes?|h|hours?|d|days?|[kKMG]iB)|\d+\.\d+\.\d+\.\d+|\d\d:\d\d""")
        private val VARIABLE = Regex("""^([a-z0-9.-]+) = \$\{\?(TWITCHACTORS_[A-Z0-9_]+)}$""")
        private val HOCON = Path.of("../../hocon")

        /** The variable that sets each key. */
        fun variables(): Map<String, String> = ConfigurationKeysTest().documented().associate {
            it.path to
                checkNotNull(it.variable) { it.path }
        }
    }
}
