package twitchactors.cluster

import org.junit.jupiter.api.Assumptions
import twitchactors.cluster.RunningCluster.Place
import java.io.IOException
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/**
 * Network namespaces, one for each node, joined by a bridge in one more; links between them can be cut in each direction. Whatever a node
 * asks of its own 127.0.0.1 is asked of that of this process's namespace, where the services and the simulated Twitch listen; nodes reach
 * each other over the bridge only. Nothing is left of them when this is closed or its process ends; what a process that was killed
 * has left, the next one removes.
 */
class Namespaces(count: Int) : AutoCloseable {
    private val outer = "$PREFIX${ProcessHandle.current().pid()}"
    private val network = "198.18.${ProcessHandle.current().pid() % 256}"
    private val atExit = Thread(::remove)

    /** Where nodes are to be. */
    val places: List<Place> = List(count) { Place(address(it), listOf("ip", "netns", "exec", name(it))) }

    init {
        removeLeftBehind()
        Runtime.getRuntime().addShutdownHook(atExit)
        try {
            make()
        } catch (failure: IllegalStateException) {
            close()
            throw failure
        }
    }

    private fun name(at: Int) = "$outer-${at + 1}"

    private fun address(at: Int) = "$network.${at + 2}"

    private fun make() {
        val hub = "$outer-hub"
        run("ip netns add $hub")
        run("ip -n $hub link add bridge type bridge")
        run("ip -n $hub link set bridge up")
        run("ip link add $outer type veth peer name outer netns $hub")
        run("ip -n $hub link set outer master bridge up")
        run("ip address add $network.1/24 dev $outer")
        run("ip link set $outer up")
        // What comes from the bridge for this namespace is for its 127.0.0.1, which no other interface may speak to.
        run("sysctl -qw net.ipv4.conf.$outer.route_localnet=1")
        run("iptables -w -t nat -A PREROUTING -i $outer -p tcp -d $network.1 -j DNAT --to-destination 127.0.0.1")
        // MariaDB's account is one of this machine.
        run("iptables -w -t nat -A INPUT -i $outer -p tcp -d 127.0.0.1 -j SNAT --to-source 127.0.0.1")
        places.indices.forEach { make(it, hub) }
    }

    private fun make(at: Int, hub: String) {
        val name = name(at)
        run("ip netns add $name")
        run("ip -n $name link set lo up")
        run("ip -n $name link add eth0 type veth peer name node${at + 1} netns $hub")
        run("ip -n $hub link set node${at + 1} master bridge up")
        run("ip -n $name address add ${address(at)}/24 dev eth0")
        run("ip -n $name link set eth0 up")
        within(at, "sysctl -qw net.ipv4.conf.all.route_localnet=1")
        within(at, "iptables -w -t nat -A OUTPUT -p tcp -d 127.0.0.1 -j DNAT --to-destination $network.1")
        within(at, "iptables -w -t nat -A POSTROUTING -s 127.0.0.0/8 -o eth0 -j MASQUERADE")
    }

    /** What [node] sends to [others] is lost from now on; what they send arrives. */
    fun lose(node: ClusterNode, others: List<ClusterNode>) =
        others.forEach { within(node.number - 1, "iptables -w -A OUTPUT -d ${it.host} -j DROP") }

    /** [node] and [others] do not hear each other from now on. */
    fun cut(node: ClusterNode, others: List<ClusterNode>) {
        lose(node, others)
        others.forEach { within(node.number - 1, "iptables -w -A INPUT -s ${it.host} -j DROP") }
    }

    /** [node] hears nobody from now on and is heard by nobody, the services neither. */
    fun isolate(node: ClusterNode) {
        within(node.number - 1, "iptables -w -A OUTPUT -o eth0 -j DROP")
        within(node.number - 1, "iptables -w -A INPUT -i eth0 -j DROP")
    }

    /** [node] hears and is heard as before; what was lost stays so, unless it is sent again. */
    fun heal(node: ClusterNode) = within(node.number - 1, "iptables -w -F")

    private fun within(at: Int, command: String) = run("ip netns exec ${name(at)} $command")

    private fun remove() = remove(outer)

    override fun close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit)
        } catch (_: IllegalStateException) {
            // The process is ending: the hook has its turn.
            return
        }
        remove()
    }

    companion object {
        private const val PREFIX = "ta"
        private val NAMES: Path = Path.of("/run/netns")
        private val OURS = Regex("$PREFIX([0-9]+)-.*")

        private val NEEDED = listOf("ip netns list", "iptables -w -t nat -S", "sysctl net.ipv4.conf.all.route_localnet")

        /** Skips the test without root; where something is missing, skips it too, but fails in CI. */
        fun assumePossible() {
            Assumptions.assumeTrue(System.getProperty("user.name") == "root", "network namespaces need root")
            try {
                NEEDED.forEach(::run)
            } catch (absent: IllegalStateException) {
                OutsidePart.isAbsent("network namespaces cannot be made here: ${absent.message}")
            }
        }

        private fun removeLeftBehind() {
            if (!NAMES.isDirectory()) return
            NAMES.listDirectoryEntries().mapNotNull { OURS.matchEntire(it.name)?.groupValues?.get(1) }.distinct()
                .filter { !ProcessHandle.of(it.toLong()).isPresent }
                .forEach { remove("$PREFIX$it") }
        }

        /** Ends whatever runs in the namespaces of [outer], and removes them, with what belongs to them outside. */
        private fun remove(outer: String) {
            val rules = runCatching { run("iptables -w -t nat -S") }.getOrDefault("")
            rules.lines().filter { " -i $outer " in it }.forEach { runCatching { run("iptables -w -t nat -D ${it.removePrefix("-A ")}") } }
            runCatching { run("ip link delete $outer") }
            if (!NAMES.exists()) return
            for (name in NAMES.listDirectoryEntries("$outer-*").map { it.name }) {
                val pids = runCatching { run("ip netns pids $name") }.getOrDefault("").lines().mapNotNull { it.trim().toLongOrNull() }
                pids.forEach { pid -> ProcessHandle.of(pid).ifPresent { it.destroyForcibly() } }
                runCatching { run("ip netns delete $name") }
            }
        }

        /** What [command] prints; fails when it is not here, or ends with an error. */
        private fun run(command: String): String {
            val process = try {
                ProcessBuilder(command.split(' ')).redirectErrorStream(true).start()
            } catch (absent: IOException) {
                throw IllegalStateException("$command: ${absent.message}", absent)
            }
            val said = process.inputStream.readAllBytes().decodeToString()
            check(process.waitFor() == 0) { "$command: $said" }
            return said
        }
    }
}
