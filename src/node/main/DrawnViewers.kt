package twitchactors.node

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.Pseudonyms
import java.security.SecureRandom

/**
 * Viewers that pages may show under a pseudonym: those who stand in the lists of the last sealed days, out of which one is drawn, and those
 * whom an admin has asked for. Pseudonyms are worked out again from the lists, so they hold after a restart and on every node with the
 * same key, and nothing stored connects one with a login.
 */
internal class DrawnViewers(
    private val stores: Stores,
    private val pseudonyms: Pseudonyms,
    private val nanoTime: () -> Long = System::nanoTime,
) {
    /** @param of which sealed content it was made */
    private class Drawn(val of: Map<Day, Int>, val byName: Map<String, Login>, val all: List<Login>, val at: Long)

    private val random = SecureRandom()
    private val askedFor = object : LinkedHashMap<String, Login>(16, 0.75f, true) {
        override fun removeEldestEntry(eldest: MutableMap.MutableEntry<String, Login>): Boolean = size > MOST_ASKED_FOR
    }

    @Volatile
    private var drawn: Drawn? = null

    /** Of those in the lists each with the same chance, until one is [fit]; null when none of some is. */
    fun one(fit: (Login) -> Boolean): Login? {
        val all = now().all
        if (all.isEmpty()) return null
        return generateSequence { all[random.nextInt(all.size)] }.take(TRIES).firstOrNull(fit)
    }

    fun nameOf(login: Login): String = pseudonyms.of(login)

    /** As [nameOf]; found by it from now on, whether or not the viewer is in a list. */
    fun remember(login: Login): String = nameOf(login).also { name -> synchronized(askedFor) { askedFor[name] = login } }

    /** [login] is known by a name no more, unless a list still has it. */
    fun forget(login: Login) {
        synchronized(askedFor) { askedFor.remove(nameOf(login)) }
    }

    /** Null when nobody is known by [name]. */
    fun known(name: String): Login? {
        if (!Pseudonyms.isOne(name)) return null
        return synchronized(askedFor) { askedFor[name] } ?: now().byName[name]
    }

    private fun now(): Drawn {
        val there = drawn
        if (there != null && nanoTime() - there.at < KEPT_NANOS) return there
        return synchronized(random) { drawn?.takeIf { nanoTime() - it.at < KEPT_NANOS } ?: look().also { drawn = it } }
    }

    private fun look(): Drawn {
        val sealed = stores.shownViewers.dayStatuses.all().toCompletableFuture().get().filter { it.sealed }.takeLast(DAYS)
            .associate { it.day to it.seals }
        drawn?.takeIf { it.of == sealed }?.let { return Drawn(sealed, it.byName, it.all, nanoTime()) }
        val all = stores.shownViewers.randomViewers.all(sealed.keys, stores.partitions.partitions).toCompletableFuture().get().toList()
        return Drawn(sealed, all.associateBy(pseudonyms::of), all, nanoTime())
    }

    private companion object {
        /** With 16 partitions and 200 in a list these are up to 22,400 viewers. */
        const val DAYS = 7
        const val TRIES = 50
        const val MOST_ASKED_FOR = 1_000
        const val KEPT_NANOS = 5_000_000_000L
    }
}
