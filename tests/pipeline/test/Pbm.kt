package twitchactors.pipeline

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import java.nio.file.Path

/**
 * `pbm` as an operator starts it, for one node.
 *
 * @param begin starts it with the words of a command
 */
class Pbm(private val begin: (List<String>) -> Program) {
    /** That of these sources, for the node whose data folder is [data]. */
    constructor(data: Path) : this({ words -> Program.start(listOf<Any>("pbm", "--data", data) + words) })

    fun start(vararg words: String): Program = begin(words.toList())

    /** Runs it to its end, whatever that is. */
    fun ended(vararg words: String): Program.Ended = start(*words).use { it.end() }

    /** Runs it to a good end. */
    fun done(vararg words: String): String = ended(*words).also { assertEquals(0, it.exit, "$it") }.out

    /** The document that a command that ends well prints. */
    fun json(vararg words: String): JsonObject = Json.parseToJsonElement(done(*words, "--json")).jsonObject

    /** The rows called [name] of that document. */
    fun rows(name: String, vararg words: String): List<JsonObject> = json(*words).getValue(name).jsonArray.map { it.jsonObject }

    /** The addresses in the cluster, by what `cluster show` says of each: `up`, `unreachable`. */
    fun members(): Map<String, String> = rows("members", "cluster", "show").associate {
        it.text("address") to if (it.text("reachable") == "true") it.text("status") else "unreachable"
    }

    /** By viewer partition: the address of the node that it lives on. */
    fun shards(): Map<Int, String> = rows("shards", "cluster-sharding", "shards", "-t", "viewer-partition")
        .associate { it.text("shard").toInt() to it.text("node") }

    companion object {
        fun JsonObject.text(key: String): String = getValue(key).jsonPrimitive.content
    }
}
