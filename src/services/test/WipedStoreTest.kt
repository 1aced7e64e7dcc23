package twitchactors.services

import org.h2.mvstore.MVMap
import org.h2.mvstore.MVStore
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.locks.LockSupport
import kotlin.random.Random

class WipedStoreTest {
    @TempDir
    private lateinit var folder: Path
    private val path by lazy { folder.resolve("store.mv") }

    private fun isInFile(name: String) = name in String(Files.readAllBytes(path), Charsets.ISO_8859_1)

    private fun <T> open(use: (WipedStore, MVStore) -> T): T = WipedStore.open(path, 4L shl 20).let { file ->
        MVStore.Builder().adoptFileStore(file).open().use { use(file, it) }
    }

    @Test
    fun `no byte of what was removed is left, and all else is as it was, now and after the next start`() {
        val random = Random(1)
        val kept = HashMap<String, String>()
        open { file, store ->
            val map = store.openMap<String, String>("documents")
            repeat(40) { round ->
                for (i in 0 until 500) {
                    "viewer_${random.nextInt(100_000)}".let { name ->
                        kept[name] = "seen in round $round $i"
                        map[name] = kept[name]
                    }
                }
                map["somebody_long_gone_$round"] = "a document"
                store.commit()
            }
            repeat(40) { map.remove("somebody_long_gone_$it") }
            store.commit()
            assertTrue(isInFile("somebody_long_gone_"), "else this test shows nothing")
            file.wipe(store)
            assertFalse(isInFile("somebody_long_gone_"))
            assertEquals(kept.toSortedMap(), map.toSortedMap())
            map["after"] = "the wipe"
        }
        open { _, store ->
            assertEquals((kept + ("after" to "the wipe")).toSortedMap(), store.openMap<String, String>("documents").toSortedMap())
        }
    }

    /** A small store of which documents were removed. */
    private fun removed(store: MVStore): MVMap<Int, String> = store.openMap<Int, String>("documents").also { map ->
        repeat(10) { round ->
            for (i in 0 until 500) map[i] = "document $i of round $round"
            map[1000 + round] = "somebody_long_gone_$round"
            store.commit()
        }
        repeat(10) { map.remove(1000 + it) }
        store.commit()
    }

    @Test
    fun `what is written later does not bring it back`() {
        open { file, store ->
            val map = removed(store)
            file.wipe(store)
            repeat(20) {
                assertFalse(isInFile("somebody_long_gone_"))
                map[it] = "another document"
                store.commit()
                store.sync()
            }
        }
        assertFalse(isInFile("somebody_long_gone_"))
    }

    @Test
    fun `it is as thorough while others keep the store busy`() {
        open { file, store ->
            removed(store)
            val isWiped = AtomicBoolean()
            // As a large commit on a slow disk does.
            val busy = Thread { while (!isWiped.get()) store.executeFilestoreOperation { LockSupport.parkNanos(BUSY_NANOS) } }
            busy.start()
            try {
                file.wipe(store)
                assertFalse(isInFile("somebody_long_gone_"))
            } finally {
                isWiped.set(true)
                busy.join()
            }
        }
    }

    @Test
    fun `somebody may write meanwhile`() {
        open { file, store ->
            val map = store.openMap<Int, String>("documents")
            val writer = Thread { for (i in 0 until 20_000) map[i] = "document $i" }
            writer.start()
            while (writer.isAlive) file.wipe(store)
            writer.join()
            file.wipe(store)
            assertEquals(20_000, map.size)
        }
        open { _, store -> assertEquals((0 until 20_000).map { "document $it" }, store.openMap<Int, String>("documents").values.toList()) }
    }

    private companion object {
        const val BUSY_NANOS = 60_000_000L
    }
}
