package twitchactors.cluster

import twitchactors.pipeline.Program
import java.nio.file.FileSystems
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.getLastModifiedTime
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** `twitchactors-VERSION.tar.gz` as a user unpacks it. */
object Tarball {
    private val previous: String? = System.getenv("TWITCHACTORS_TEST_PREVIOUS")

    /** How a jar tells its version. */
    private val VERSION = Regex("(?<=^|\n)Implementation-Version: [^\r\n]*")

    /** Skips the test where there is none; fails in CI, which has made it by then. */
    fun assumeThere() {
        if (previous == null) assumeOfTheseSources()
    }

    /** The same for the one of these sources, which it returns. */
    fun assumeOfTheseSources(): Path = ofTheseSources()
        ?: OutsidePart.isAbsent("there is no target/twitchactors-VERSION.tar.gz: 'mvn package -DskipTests' makes it")

    private fun ofTheseSources(): Path? = Program.root.resolve("target").takeIf { it.isDirectory() }
        ?.listDirectoryEntries("twitchactors-[0-9]*.tar.gz")?.maxByOrNull { it.getLastModifiedTime() }

    /**
     * The previous version, unpacked below [folder]: the tarball that TWITCHACTORS_TEST_PREVIOUS names, else that of these sources, whose
     * jars are made to say that they are [version].
     */
    fun previous(folder: Path, version: String): Unpacked {
        if (previous != null) return unpacked(Path.of(previous), folder).first
        val (distribution, home) = unpacked(checkNotNull(ofTheseSources()), folder)
        val jar = home.resolve("lib").listDirectoryEntries("node-*.jar").single()
        FileSystems.newFileSystem(jar).use { files ->
            val said = files.getPath("/META-INF/MANIFEST.MF")
            said.writeText(said.readText().replace(VERSION, "Implementation-Version: $version"))
        }
        return distribution
    }

    /** The files in [tarball], without the folder in which all of it is. */
    fun names(tarball: Path): List<String> {
        val process = ProcessBuilder("tar", "-tzf", "$tarball").redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val names = process.inputStream.bufferedReader().readLines()
        check(process.waitFor() == 0) { "$tarball cannot be read" }
        return names.map { it.substringAfter('/') }.filter { it.isNotEmpty() && !it.endsWith('/') }
    }

    private fun unpacked(tarball: Path, folder: Path): Pair<Unpacked, Path> {
        folder.createDirectories()
        val process = ProcessBuilder("tar", "-xzf", "$tarball", "-C", "$folder").inheritIO().start()
        check(process.waitFor() == 0) { "$tarball cannot be unpacked" }
        val home = folder.listDirectoryEntries().single()
        return Unpacked(home.resolve("bin/twitchactors"), home.resolve("hocon")) to home
    }
}
