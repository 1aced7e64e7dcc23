package twitchactors.directorytests

import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.Assumptions
import twitchactors.sources.ChromiumProgram
import java.nio.file.Files
import java.nio.file.Path

/** What the tests find on this machine. */
internal object Folders {
    /** The jars of the browser's process, as its module's build leaves them. */
    val lib: Path = Path.of(System.getProperty("basedir") ?: "").toAbsolutePath().resolve("../../src/directory/target/lib").normalize()
        .also { check(Files.isDirectory(it)) { "$it is not there: mvn package -pl src/directory -am" } }

    /** An installed Chromium. Where there is none, the test is skipped for a user, and fails in CI. */
    fun chromium(): Path {
        val found = ChromiumProgram.find()
        if (found == null) {
            val reason = "chromium is not installed"
            if (System.getenv("CI") == "true") fail<Unit>(reason) else Assumptions.abort<Unit>(reason)
        }
        return found!!
    }
}
