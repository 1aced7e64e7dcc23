package twitchactors.ops

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import org.apache.pekko.actor.Address
import org.apache.pekko.actor.AddressFromURIString
import org.apache.pekko.actor.PoisonPill
import org.apache.pekko.actor.typed.ActorRef
import org.apache.pekko.actor.typed.Props
import org.apache.pekko.actor.typed.javadsl.Adapter
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.cluster.ClusterEvent
import org.apache.pekko.cluster.Member
import org.apache.pekko.cluster.MemberStatus
import org.apache.pekko.cluster.typed.Cluster
import org.apache.pekko.cluster.typed.Down
import org.apache.pekko.cluster.typed.Join
import org.apache.pekko.cluster.typed.Leave
import org.apache.pekko.cluster.typed.Subscribe
import twitchactors.domain.BadInput
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.PaletteArgument
import twitchactors.pbm.PaletteCommand
import java.net.MalformedURLException
import java.time.Instant
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** The palette `cluster`: who is in it, and who is to come and go. */
class ClusterCommands(private val node: NodeSystem) {
    private val cluster: Cluster get() = Cluster.get(node.typed)
    private val state: ClusterEvent.CurrentClusterState get() = cluster.state()

    /** All that has to do with who is in the cluster. */
    val palette: OpsPalette
        get() = OpsPalette(
            "cluster",
            "the nodes of the cluster",
            listOf(
                OpsCommand(
                    PaletteCommand("show", "Lists all nodes: address, roles, status, whether it answers, version."),
                ) { _, _ -> show() },
                OpsCommand(PaletteCommand("status", "Tells how this node is in the cluster.")) { _, _ -> status() },
                OpsCommand(PaletteCommand("leader", "Tells which node leads: it lets others in and out.")) { _, _ -> leader() },
                OpsCommand(JOIN) { asked, _ -> join(asked) },
                OpsCommand(LEAVE, mapOf(ADDRESS to ::addresses), mapOf(ADDRESS to ::self)) { asked, replies -> leave(asked, replies) },
                OpsCommand(DOWN, mapOf(ADDRESS to ::unreachable)) { asked, replies ->
                    down(listOf(member(asked.value(ADDRESS)).address()), replies)
                },
                OpsCommand(DOWN_UNREACHABLE) { _, replies -> down(state.unreachable.map { it.address() }, replies) },
                OpsCommand(
                    PaletteCommand("tail", "Tells of all changes in the cluster as they come.", goesOn = true),
                ) { _, replies -> tail(replies) },
            ),
        )

    private fun members(): List<Member> = state.members.sortedBy { it.address().toString() }

    private fun self() = cluster.selfMember().address().toString()

    private fun addresses() = members().map { it.address().toString() }

    private fun unreachable() = state.unreachable.map { it.address().toString() }

    private fun show(): Answer {
        val now = state
        val members = now.members.sortedBy { it.address().toString() }
        val lines = members.map { member ->
            val answers = if (member in now.unreachable) "unreachable" else "reachable"
            "${member.address()} | [${roles(member).joinToString(",")}] | ${status(member.status())} | $answers | ${member.appVersion()}"
        }
        return Answer(
            listOf(HEAD) + lines + Rows.count(members.size.toLong(), "node"),
            buildJsonObject {
                putJsonArray("members") { members.forEach { add(json(it, it in now.unreachable)) } }
                put("count", members.size)
            },
        )
    }

    private fun json(member: Member, isUnreachable: Boolean): JsonObject = buildJsonObject {
        put("address", member.address().toString())
        put("roles", JsonArray(roles(member).map(::JsonPrimitive)))
        put("status", status(member.status()))
        put("reachable", !isUnreachable)
        put("app_version", member.appVersion().toString())
    }

    /** Without the one that Pekko gives to all for its data centre. */
    private fun roles(member: Member): List<String> = member.getRoles().filter { !it.startsWith("dc-") }.sorted()

    private fun status(status: MemberStatus): String = status.toString().lowercase()

    private fun status(): Answer {
        val self = cluster.selfMember()
        val now = state
        val others = now.members.count { it.address() != self.address() }
        val company = when (others) {
            0 -> "and alone in its cluster"
            1 -> "and in a cluster with one other node"
            else -> "and in a cluster with $others other nodes"
        }
        val silent = if (now.unreachable.isEmpty()) "" else "; no answer from ${unreachable().joinToString()}"
        return Answer.said(
            "${self.address()} is ${status(self.status())}, $company$silent",
            "address" to JsonPrimitive(self.address().toString()),
            "status" to JsonPrimitive(status(self.status())),
            "members" to JsonPrimitive(now.members.count()),
            "unreachable" to JsonPrimitive(now.unreachable.size),
        )
    }

    private fun leader(): Answer {
        val leader: Address? = state.leader
        return Answer.said(leader?.toString() ?: "no node leads just now", "leader" to JsonPrimitive(leader?.toString()))
    }

    private fun join(asked: AskedCommand): Answer {
        val self = cluster.selfMember()
        if (self.status() != MemberStatus.removed()) {
            throw BadInput(
                "${self.address()} is in a cluster of ${state.members.count()} already; to move it, end it and start it with " +
                    "TWITCHACTORS_CLUSTER_JOIN=${asked.value(ADDRESS)}",
            )
        }
        val through = address(asked.value(ADDRESS))
        cluster.manager().tell(Join.create(through))
        return Answer.said("${self.address()} asks $through to let it in", "address" to JsonPrimitive("${self.address()}"))
    }

    private fun leave(asked: AskedCommand, replies: Replies): Answer {
        val leaving = asked.optional(ADDRESS)?.let { member(it).address() } ?: cluster.selfMember().address()
        val system = node.typed
        val self = cluster.selfMember().address()
        cluster.manager().tell(Leave.create(leaving))
        // One that has left hears of nothing any more, but ends itself.
        val isGone = { if (leaving == self) system.whenTerminated().isCompleted else state.members.none { it.address() == leaving } }
        return gone(leaving, isGone, "has left the cluster", "is leaving: it hands over what it has first", replies)
    }

    private fun down(addresses: List<Address>, replies: Replies): Answer {
        if (addresses.isEmpty()) return Answer.said("all nodes answer; none was shut out", "down" to JsonArray(emptyList()))
        addresses.forEach { cluster.manager().tell(Down(it)) }
        val gone = addresses.map { address ->
            gone(address, { state.members.none { it.address() == address } }, "is shut out of the cluster", "is being shut out", replies)
        }
        return Answer(gone.flatMap { it.lines }, JsonObject(mapOf("down" to JsonArray(addresses.map { JsonPrimitive(it.toString()) }))))
    }

    private fun gone(address: Address, isGone: () -> Boolean, done: String, underWay: String, replies: Replies): Answer {
        val deadline = System.nanoTime() + GONE_WITHIN_NANOS
        while (!isGone() && System.nanoTime() < deadline && replies.isOpen) Pause.brief()
        val line = if (isGone()) "$address $done" else "$address $underWay"
        return Answer.said(line, "address" to JsonPrimitive("$address"), "gone" to JsonPrimitive(isGone()))
    }

    private fun address(text: String): Address = try {
        AddressFromURIString.parse(text)
    } catch (_: MalformedURLException) {
        throw BadInput("'$text' is no address of a node; write it as 'cluster show' does: ${cluster.selfMember().address()}")
    }

    private fun member(text: String): Member {
        val address = address(text)
        return state.members.find { it.address() == address }
            ?: throw BadInput("$address is not in the cluster; there are ${addresses().joinToString()}")
    }

    private fun tail(replies: Replies): Answer {
        val system = node.typed
        val events = LinkedBlockingQueue<ClusterEvent.ClusterDomainEvent>(MOST_EVENTS)
        val listener: ActorRef<ClusterEvent.ClusterDomainEvent> = system.systemActorOf(
            Behaviors.receiveMessage<ClusterEvent.ClusterDomainEvent> { event ->
                events.offer(event)
                Behaviors.same()
            },
            "pbm-cluster-tail-${System.nanoTime()}",
            Props.empty(),
        )
        try {
            cluster.subscriptions().tell(Subscribe.create(listener, ClusterEvent.ClusterDomainEvent::class.java))
            while (replies.isOpen && !system.whenTerminated().isCompleted) {
                events.poll(LISTEN_MS, TimeUnit.MILLISECONDS)?.let(::told)?.let(replies::next)
            }
        } finally {
            Adapter.toClassic(listener).tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender())
        }
        return Answer.said("this node is in the cluster no more")
    }

    /** Null for what is of no use to a person. */
    private fun told(event: ClusterEvent.ClusterDomainEvent): Answer? {
        val (address, what) = when (event) {
            is ClusterEvent.MemberEvent -> event.member().address() to status(event.member().status())
            is ClusterEvent.UnreachableMember -> event.member().address() to "unreachable"
            is ClusterEvent.ReachableMember -> event.member().address() to "reachable"
            is ClusterEvent.LeaderChanged -> (event.getLeader() ?: return null) to "leader"
            else -> return null
        }
        val at = Instant.now().toString()
        return Answer(
            listOf("$at $address $what"),
            buildJsonObject {
                put("at", at)
                put("address", "$address")
                put("event", what)
            },
        )
    }

    private companion object {
        const val ADDRESS = "address"
        const val HEAD = "address | [roles] | status | whether it answers | version"
        const val MOST_EVENTS = 1000
        const val LISTEN_MS = 200L
        const val GONE_WITHIN_NANOS = 30_000_000_000L

        val JOIN = PaletteCommand(
            "join",
            "Has this node join a cluster, when it is in none.",
            listOf(PaletteArgument(ADDRESS, "of a node that is in it", isMandatory = true)),
            examples = listOf("cluster join pekko://twitchactors@10.0.0.1:25520"),
        )
        val LEAVE = PaletteCommand(
            "leave",
            "Has a node hand over what it has and leave; its process ends then.",
            listOf(PaletteArgument(ADDRESS, "the node that leaves", listOf("-a", "--address"))),
            question = "{$ADDRESS} hands over what it has, leaves the cluster, and its process ends. Go on?",
            examples = listOf("cluster leave", "cluster leave -a pekko://twitchactors@10.0.0.2:25520 --yes"),
        )
        val DOWN = PaletteCommand(
            "down",
            "Shuts a node out of the cluster at once, as one that is lost. Others take over what it had; if it lives, it comes back.",
            listOf(PaletteArgument(ADDRESS, "the node that is shut out", listOf("-a", "--address"), isMandatory = true)),
            question = "{$ADDRESS} is shut out without handing anything over. Go on?",
            examples = listOf("cluster down -a pekko://twitchactors@10.0.0.2:25520"),
        )
        val DOWN_UNREACHABLE = PaletteCommand(
            "down-unreachable",
            "Shuts out all nodes that do not answer just now. The cluster does so by itself within seconds, where most of it is left.",
            question = "All nodes that do not answer are shut out. Go on?",
        )
    }
}
