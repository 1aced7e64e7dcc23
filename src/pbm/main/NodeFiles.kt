package twitchactors.pbm

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.isReadable
import kotlin.io.path.readText

/** What a node leaves in its data folder for those on the same machine who may ask it: where it listens, and its token. */
class NodeFiles(private val data: Path) {
    /** Only its owner may read it. */
    val token: Path get() = data.resolve("pbm.token")

    /** There while the node runs, and after it was killed. */
    val address: Path get() = data.resolve("pbm.address")

    fun readToken(): String? = read(token)

    fun readAddress(): String? = read(address)

    private fun read(file: Path): String? = if (Files.exists(file) && file.isReadable()) file.readText().trim().ifEmpty { null } else null
}
