package twitchactors.sources

import java.io.File
import java.nio.file.Files
import java.nio.file.Path

/** A Chromium, or a browser made of it, that is installed on this machine. */
object ChromiumProgram {
    private val NAMES = listOf("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
    private val APPLICATIONS = listOf(
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    )

    /** The first that is found on the `PATH` or, on macOS, where applications are. */
    fun find(): Path? {
        val folders = System.getenv("PATH").orEmpty().split(File.pathSeparatorChar).filter { it.isNotEmpty() }
        val candidates = NAMES.flatMap { name -> folders.map { Path.of(it, name) } } + APPLICATIONS.map { Path.of(it) }
        return candidates.firstOrNull { Files.isRegularFile(it) && Files.isExecutable(it) }
    }
}
