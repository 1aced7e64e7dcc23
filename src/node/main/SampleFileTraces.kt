package twitchactors.node

import twitchactors.domain.Login
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.isDirectory
import kotlin.io.path.name
import kotlin.io.path.readBytes

/** Where the sample files that this program wrote name a viewer. Nothing rewrites them. */
internal object SampleFileTraces {
    /** The files below the folder [samples] that list [login] as a chatter, by their names. Reads all of them. */
    fun of(samples: Path, login: Login): List<Path> {
        if (!samples.isDirectory()) return emptyList()
        // As we write a list: a streamer, who is a key, has a colon behind it.
        val listed = listOf("\"${login.name}\",", "\"${login.name}\"]").map { it.toByteArray(Charsets.US_ASCII) }
        return Files.walk(samples).use { files -> files.filter { it.name.endsWith(".json") }.sorted().toList() }
            .filter { file -> file.readBytes().let { content -> listed.any { content.holds(it) } } }
    }

    private fun ByteArray.holds(part: ByteArray): Boolean {
        for (from in 0..size - part.size) if (this[from] == part[0] && part.indices.all { this[from + it] == part[it] }) return true
        return false
    }
}
