package twitchactors.services

import de.bwaldvogel.mongo.backend.h2.H2Backend
import org.h2.mvstore.MVStore
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path

class EmbeddedMongoTest {
    @Test
    fun `a store that closed itself is told of, and one that was asked to end is not`(@TempDir folder: Path) {
        val ports = Ports(folder.resolve("ports.properties"))
        EmbeddedMongo.start(folder.resolve("one"), ports, CACHE).use { mongo ->
            assertNull(mongo.failure)
            store(mongo).closeImmediately()
            assertTrue("closed itself" in mongo.failure.orEmpty(), mongo.failure)
        }
        val ended = EmbeddedMongo.start(folder.resolve("two"), ports, CACHE)
        ended.close()
        assertNull(ended.failure)
    }

    /** What it writes to, which it closes when a write fails in an unforeseen way. */
    private fun store(mongo: EmbeddedMongo): MVStore {
        val backend = EmbeddedMongo::class.java.getDeclaredField("backend").apply { isAccessible = true }.get(mongo)
        return H2Backend::class.java.getDeclaredField("mvStore").apply { isAccessible = true }.get(backend) as MVStore
    }

    private companion object {
        const val CACHE = 8L shl 20
    }
}
