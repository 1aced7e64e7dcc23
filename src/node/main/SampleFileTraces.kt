package twitchactors.node

import twitchactors.domain.Login
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.isDirectory
import kotlin.io.path.name
import kotlin.io.path.readBytes

/** Which of the sample files that this program wrote name a viewer. */
internal object SampleFileTraces {
    /** The files below the folder [samples] that list [login] as a chatter, by their names. Reads all of them. */
    fun of(samples: Path, login: Login): List<Path> {
        if (!samples.isDirectory()) return emptyList()
        return Files.walk(samples).use { files -> files.filter { ".json" in it.name && !it.isDirectory() }.sorted().toList() }
            .filter { lists(it, login) }
    }

    /** Whether [file] lists [login] as a chatter, as we write a list: a streamer, who is a key, has a colon behind it. */
    fun lists(file: Path, login: Login): Boolean {
        val content = file.readBytes()
        return listOf("\"${login.name}\",", "\"${login.name}\"]").any { content.holds(it.toByteArray(Charsets.US_ASCII)) }
    }

    private fun ByteArray.holds(part: ByteArray): Boolean {
        for (from in 0..size - part.size) if (this[from] == part[0] && part.indices.all { this[from + it] == part[it] }) return true
        return false
    }
}
