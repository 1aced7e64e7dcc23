package twitchactors.ops

import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import org.apache.pekko.actor.typed.javadsl.Adapter
import twitchactors.domain.BadInput
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand

/** The palette `actor`: what runs in this node. */
class ActorCommands(private val node: NodeSystem) {
    /** Whole actor systems and the actors in them. */
    val palette: OpsPalette
        get() = OpsPalette(
            "actor",
            "the actors of this node",
            listOf(
                OpsCommand(PaletteCommand("system", "Tells the name of the actor system.")) { _, _ -> system() },
                OpsCommand(HIERARCHY) { asked, _ -> hierarchy(asked) },
            ),
        )

    private fun system(): Answer {
        val name = "pekko://${node.typed.name()}"
        return Answer(listOf(name), buildJsonObject { put("system", name) })
    }

    private fun hierarchy(asked: AskedCommand): Answer {
        val depth =
            asked.value(DEPTH).toIntOrNull()?.takeIf { it > 0 }
                ?: throw BadInput("the depth is a number from 1, not '${asked.value(DEPTH)}'")
        val start = asked.optional(START)?.let { "/" + it.trim('/') } ?: "/"
        val actors = ActorTree.read(printed())
        if (actors.none { it.path == start }) throw BadInput("there is no actor $start; 'actor hierarchy' tells which there are")
        val shown = actors.filter { it.isBelow(start) }
        val top = shown.first().depth
        val seen = shown.filter { it.depth - top < depth }
        return Answer(
            seen.map { "  ".repeat(it.depth - top) + (if (it.depth == top) it.path else it.name) + "  " + it.what },
            buildJsonObject {
                put("system", JsonPrimitive("pekko://${node.typed.name()}"))
                putJsonArray("actors") {
                    seen.forEach {
                        addJsonObject {
                            put("path", it.path)
                            put("depth", it.depth - top)
                            put("what", it.what)
                        }
                    }
                }
            },
        )
    }

    private fun printed(): String = node.typed.printTree().ifEmpty { Adapter.toClassic(node.typed).toString() }

    private companion object {
        const val DEPTH = "depth"
        const val START = "start"
        val HIERARCHY = PaletteCommand(
            "hierarchy",
            "Shows the tree of the actors of this node.",
            listOf(
                PaletteArgument(DEPTH, "how many levels are shown", listOf("-d", "--depth"), default = "4", values = listOf("2", "4", "8")),
                PaletteArgument(
                    START,
                    "the actor to begin at",
                    listOf("-s", "--start"),
                    values = listOf("/system", "/system/sharding", "/user"),
                ),
            ),
            examples = listOf("actor hierarchy", "actor hierarchy -d 2 -s /system/sharding"),
        )
    }
}
