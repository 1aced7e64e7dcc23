package twitchactors.ops

import org.apache.pekko.actor.ActorNotFound
import org.apache.pekko.actor.Address
import org.apache.pekko.actor.RootActorPath
import org.apache.pekko.cluster.sharding.ClusterSharding
import org.apache.pekko.cluster.sharding.ShardRegion
import org.apache.pekko.cluster.typed.Cluster
import org.apache.pekko.pattern.Patterns
import twitchactors.domain.BadInput
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import java.net.URLEncoder
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/**
 * The palette `cluster-sharding`: where the shards and entities live. A node whose role does not have a type of entity has only a proxy
 * for it, which knows nothing; so every node is asked for its region of each type, and those that have none do not count.
 *
 * @param known types of entity besides those of this node
 */
class ShardingCommands(private val node: NodeSystem, private val known: List<String>) {
    private class Shard(val type: String, val node: Address, val id: String, val entities: List<String>)

    /** All that has to do with where entities live. */
    val palette: OpsPalette
        get() = OpsPalette(
            "cluster-sharding",
            "where viewer partitions and pollers live",
            listOf(
                command("regions", "Lists the nodes that hold shards of a type, with how many.", ::regions),
                command("shards", "Lists the shards, with where each lives and how many entities it has.", ::shards),
                command("entities", "Lists the entities, with where each lives.", ::entities),
                command("stats", "Counts nodes, shards and entities of each type.", ::stats),
            ),
        )

    private fun command(name: String, description: String, answer: (List<Pair<String, Map<Address, List<Shard>>>>) -> Answer) = OpsCommand(
        PaletteCommand(
            name,
            description,
            listOf(PaletteArgument(TYPE, "the type of entity; without it, all", listOf("-t", "--type"))),
            examples = listOf("cluster-sharding $name", "cluster-sharding $name -t ${known.first()}"),
        ),
        mapOf(TYPE to ::types),
    ) { asked, _ -> answer(wanted(asked).map { it to regionsOf(it) }) }

    /** Where the entities of [type] live, as `cluster-sharding entities` tells it. */
    fun entitiesOf(type: String): Answer = entities(listOf(type to regionsOf(type)))

    private fun types(): List<String> = (ClusterSharding.get(node.classic).shardTypeNames + known).distinct().sorted()

    private fun wanted(asked: AskedCommand): List<String> {
        val type = asked.optional(TYPE) ?: return types()
        if (type !in types()) throw BadInput("there is no type '$type'; there are ${types().joinToString()}")
        return listOf(type)
    }

    /** By node that holds a region: its shards. */
    private fun regionsOf(type: String): Map<Address, List<Shard>> {
        val cluster = Cluster.get(node.typed)
        val asked = cluster.state().members.map { it.address() }.filter { address ->
            cluster.state().unreachable.none {
                it.address() ==
                    address
            }
        }
            .associateWith { state(it, type).toCompletableFuture() }
        return asked.mapNotNull { (address, answer) -> shards(answer)?.let { address to it } }.toMap().mapValues { (address, shards) ->
            shards.map { Shard(type, address, it.shardId(), it.entityIds.sortedWith(BY_NUMBER)) }.sortedWith(compareBy(BY_NUMBER) { it.id })
        }.toSortedMap(compareBy { it.toString() })
    }

    private fun state(address: Address, type: String): CompletableFuture<ShardRegion.CurrentShardRegionState> {
        val path = RootActorPath(address, "/").child("system").child("sharding").child(URLEncoder.encode(type, Charsets.UTF_8))
        return node.classic.actorSelection(path).resolveOne(PATIENCE)
            .thenCompose { Patterns.ask(it, ShardRegion.getShardRegionStateInstance(), PATIENCE) }
            .thenApply { it as ShardRegion.CurrentShardRegionState }.toCompletableFuture()
    }

    /** Null where there is no region, or none that answers in time. */
    private fun shards(answer: CompletableFuture<ShardRegion.CurrentShardRegionState>): Set<ShardRegion.ShardState>? = try {
        answer.get(2 * PATIENCE.seconds, TimeUnit.SECONDS).getShards()
    } catch (failed: ExecutionException) {
        val cause = generateSequence<Throwable>(failed) { it.cause }.last()
        if (cause is ActorNotFound || cause is TimeoutException ||
            cause is org.apache.pekko.pattern.AskTimeoutException
        ) {
            null
        } else {
            throw failed
        }
    } catch (_: TimeoutException) {
        null
    }

    private fun regions(types: List<Pair<String, Map<Address, List<Shard>>>>): Answer {
        val rows = Rows("regions", "type", "node", "shards", "entities")
        types.forEach { (type, regions) ->
            regions.forEach { (address, shards) -> rows.add(type, address, shards.size, shards.sumOf { it.entities.size }) }
        }
        return rows.counted("region")
    }

    private fun shards(types: List<Pair<String, Map<Address, List<Shard>>>>): Answer {
        val rows = Rows("shards", "type", "shard", "node", "entities")
        val all = types.flatMap { it.second.values.flatten().sortedWith(compareBy(BY_NUMBER) { shard -> shard.id }) }
        all.forEach { rows.add(it.type, it.id, it.node, it.entities.size) }
        return rows.counted("shard")
    }

    private fun entities(types: List<Pair<String, Map<Address, List<Shard>>>>): Answer {
        val rows = Rows("entities", "type", "entity", "shard", "node")
        val all = types.flatMap { (_, regions) ->
            regions.values.flatten().flatMap { shard -> shard.entities.map { it to shard } }.sortedWith(compareBy(BY_NUMBER) { it.first })
        }
        all.forEach { (entity, shard) -> rows.add(shard.type, entity, shard.id, shard.node) }
        return rows.counted("entity", "entities")
    }

    private fun stats(types: List<Pair<String, Map<Address, List<Shard>>>>): Answer {
        val rows = Rows("types", "type", "nodes", "shards", "entities")
        types.forEach { (type, regions) ->
            val shards = regions.values.flatten()
            rows.add(type, regions.size, shards.size, shards.sumOf { it.entities.size })
        }
        return rows.answer()
    }

    private companion object {
        const val TYPE = "type"
        val PATIENCE: Duration = Duration.ofSeconds(3)

        /** Ids that are numbers by their value. */
        val BY_NUMBER: Comparator<String> = compareBy<String> { it.toIntOrNull() ?: Int.MAX_VALUE }.thenBy { it }
    }
}
