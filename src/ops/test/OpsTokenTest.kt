package twitchactors.ops

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import twitchactors.pbm.NodeFiles
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions

class OpsTokenTest {
    @Test
    fun `the token is made once, long, and for its owner alone`(@TempDir data: Path) {
        val files = NodeFiles(data)
        OpsToken.of(files)
        val made = checkNotNull(files.readToken())
        assertTrue(made.length >= 32, made)
        Files.setPosixFilePermissions(files.token, PosixFilePermissions.fromString("rw-r--r--"))
        val token = OpsToken.of(files)
        assertEquals(made, files.readToken())
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.token)))
        assertTrue(token.isIn("Bearer $made"))
        for (header in listOf(
            null,
            "",
            made,
            "Bearer ",
            "Bearer ${made.dropLast(1)}",
            "Basic $made",
        )) {
            assertFalse(token.isIn(header), "$header")
        }
    }
}
