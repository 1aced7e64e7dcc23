package twitchactors.node

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import twitchactors.services.Health
import twitchactors.web.ServiceHealth

/** How a node and each of its parts are: what it needs, what it does by its roles. */
internal object NodeHealth {
    /** What the node needs from others, and whether its cluster has all viewer partitions: without these it is not ready. */
    fun services(running: Running): Map<String, ServiceHealth> = running.services.health().mapValues { (_, health) ->
        when (health) {
            is Health.Down -> ServiceHealth(false, health.reason)
            else -> ServiceHealth(true)
        }
    } + ("cluster" to cluster(running))

    /** Whether it is ready, and what `/health/ready` says of all parts. Reasons name no viewer. */
    fun of(running: Running): Pair<Boolean, JsonObject> {
        val services = services(running)
        val isReady = services.values.all { it.up }
        return isReady to buildJsonObject {
            put("ready", isReady)
            putJsonObject("services") { services.forEach { (name, health) -> put(name, health.up) } }
            putJsonObject("parts") {
                for ((name, trouble) in services.mapValues { it.value.reason } + parts(running)) {
                    putJsonObject(name) {
                        put("up", trouble == null)
                        put("reason", trouble)
                    }
                }
            }
        }
    }

    private fun cluster(running: Running): ServiceHealth {
        val node = running.node?.takeIf { !it.isShutOut } ?: return ServiceHealth(false, "this node joins its cluster again")
        val partitions = running.stores.partitions.partitions.count
        val living = node.board.statuses().size
        val areMissing = living < partitions && node.others().isEmpty()
        return ServiceHealth(!areMissing, "$living of $partitions viewer partitions live".takeIf { areMissing })
    }

    /** By role that this node has: what is wrong; null: nothing. A part in trouble goes on trying, so the node stays ready. */
    private fun parts(running: Running): Map<String, String?> {
        val node = running.node ?: return emptyMap()
        return buildMap {
            for (role in running.configuration.roles) {
                when (role) {
                    NodeRole.COLLECT -> put(role.word, node.collecting?.run { kafkaTrouble ?: roster()?.trouble ?: closing()?.trouble })
                    NodeRole.PROFILE -> put(role.word, node.board.statuses().firstNotNullOfOrNull { it.trouble })
                    NodeRole.ARCHIVE -> put(role.word, node.recording?.trouble)
                    NodeRole.INGEST, NodeRole.WEB -> put(role.word, null)
                }
            }
        }
    }
}
