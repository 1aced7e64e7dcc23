package twitchactors.browser

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Order
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.api.io.TempDir
import twitchactors.pipeline.Program
import java.nio.file.Path
import kotlin.io.path.createDirectory

/** The open page of the cluster follows nodes that come, and one that is killed, without being reloaded. */
@ExtendWith(Stage::class)
@Order(7)
internal class ClusterPageIT(private val demo: StartedDemo, private val chromium: Chromium) {
    /** Three: of two nodes the one that is left would not know that it is the majority. */
    @Test
    fun `it shows nodes that come, how partitions move to them, and how one is lost and its partitions move on`(@TempDir folder: Path) {
        demo.settle()
        chromium.open(demo.url, demo.session(demo.admin)).use { look ->
            look.go("/cluster")
            look.page.evaluate("() => { window.neverReloaded = true }")
            until(look, "the first node alone") { nodes(look).size == 1 }
            val own = nodes(look).single()
            start(folder.resolve("one").createDirectory()).use { one ->
                start(folder.resolve("two").createDirectory()).use { two ->
                    val (lost, kept) = address(one) to address(two)
                    until(look, "three nodes with partitions") { homes(look) == setOf(own, lost, kept) && homes(look) == nodes(look) }
                    one.kill()
                    until(look, "the loss of $lost") { states(look)[lost] == "unreachable" }
                    until(look, "a home for all partitions") { homes(look) == setOf(own, kept) && homes(look) == nodes(look) }
                    two.signal("TERM")
                    two.end()
                }
            }
            until(look, "the first node, alone again") { homes(look) == setOf(own) && homes(look) == nodes(look) }
            assertEquals(true, look.page.evaluate("() => window.neverReloaded === true"))
            look.assertNoTrouble()
        }
    }

    private fun until(look: Look, what: String, condition: () -> Boolean) =
        eventually(what) { if (condition()) null else "${states(look)}, partitions on ${homes(look)}" }

    /** A node that has viewer partitions and nothing else. */
    private fun start(folder: Path): Program {
        val small = mapOf("TWITCHACTORS_JAVA_OPTS" to "-Xmx192m -XX:TieredStopAtLevel=1")
        val node = Program.start(listOf("node", "--roles", "profile", "--data", folder), demo.data.joining(folder) + small)
        assertTrue(node.reaches("a node") { NODE.containsMatchIn(node.news) }, node.news)
        return node
    }

    private fun address(node: Program) = NODE.find(node.news)!!.groupValues[1]

    /** host:port of those that stand on the page. */
    private fun nodes(look: Look): Set<String> = states(look).keys

    private fun states(look: Look): Map<String, String> =
        ShownPanel.all(look).first { it.id == "cluster-members" }.rows.associate { it[0].substringBefore(' ') to it[1] }

    /** Where partitions live, as the colours' key says. */
    private fun homes(look: Look): Set<String> = look.texts("#panel-cluster-partitions .keys li").toSet()

    private companion object {
        val NODE = Regex("node pekko://twitchactors@(\\S+)")
    }
}
