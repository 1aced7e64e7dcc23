package twitchactors.web

import java.time.Duration

/**
 * Slows the guessing of passwords: [perName] wrong ones per address and account name, [perAddress] per address over all names,
 * both within [window]. It never counts per name alone, so nobody locks an account for others: a visitor account that many share
 * is locked at most for the address that guesses. A right password forgives nothing, for the visitor's is known to many.
 *
 * Memory is bounded: at [MOST] addresses the one seen longest ago is forgotten.
 */
internal class GuessThrottle(
    private val nanoTime: () -> Long,
    private val perName: Int = 10,
    private val perAddress: Int = 50,
    private val window: Duration = Duration.ofMinutes(10),
) {
    private class Guesses(val since: Long) {
        var all = 0
        val byName = HashMap<String, Int>()
    }

    private val addresses = object : LinkedHashMap<String, Guesses>(16, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<String, Guesses>): Boolean = size > MOST
    }

    /** Seconds that [address] has to wait before it may try [name] again; 0 when it may now. */
    @Synchronized
    fun waitSeconds(address: String, name: String): Long {
        val guesses = current(network(address)) ?: return 0
        if (guesses.all < perAddress && (guesses.byName[name] ?: 0) < perName) return 0
        return Duration.ofNanos(window.toNanos() - (nanoTime() - guesses.since)).toSeconds() + 1
    }

    @Synchronized
    fun wrong(address: String, name: String) {
        val network = network(address)
        val guesses = current(network) ?: Guesses(nanoTime()).also { addresses[network] = it }
        guesses.all++
        if (guesses.byName.size < perAddress) guesses.byName.merge(name, 1, Int::plus)
    }

    private fun current(network: String): Guesses? {
        val guesses = addresses[network] ?: return null
        if (nanoTime() - guesses.since < window.toNanos()) return guesses
        addresses.remove(network)
        return null
    }

    /** An IPv6 customer owns a /64 at least: all of it counts as one address. */
    private fun network(address: String): String =
        if (':' in address) address.substringBefore('%').split(':').take(4).joinToString(":") else address

    private companion object {
        const val MOST = 20_000
    }
}
