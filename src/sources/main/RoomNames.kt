package twitchactors.sources

import twitchactors.domain.ByteSink
import twitchactors.domain.Login
import twitchactors.domain.LoginTable
import twitchactors.domain.LoginWords
import java.util.BitSet

/**
 * Who is in a room: a row of a table each, about 30 bytes. At most [limit] are kept: a room in which there are more gives up its list
 * ([isOver]), for the chat tells it no longer.
 */
internal class RoomNames(private val limit: Int) {
    private var table = LoginTable()
    private var here = BitSet()

    /** How many are here. */
    var size = 0
        private set

    /** Whether there were more than the limit: then nobody is kept. */
    var isOver = false
        private set

    /** How many are here whose names are no logins. */
    var dropped = 0
        private set

    /** The memory that it takes. */
    val bytes: Long get() = table.bytes + here.size() / Byte.SIZE_BITS

    /** [name] is here; null for a name that is no login. */
    fun add(name: ChatName?) {
        if (isOver) return
        if (name == null) {
            dropped++
            return
        }
        if (table.size > 2 * size + SPARE) forgetAbsent()
        val id = name.internIn(table)
        if (here[id]) return
        here.set(id)
        size++
        if (size > limit) giveUp()
    }

    /** [name] is here no more; null for a name that is no login. */
    fun remove(name: ChatName?) {
        if (name == null) {
            if (dropped > 0) dropped--
            return
        }
        val id = name.findIn(table)
        if (id < 0 || !here[id]) return
        here.clear(id)
        size--
    }

    fun has(name: ChatName): Boolean = name.findIn(table).let { it >= 0 && here[it] }

    /** All who are here, as [Chatters.logins] wants them. */
    fun logins(): ByteArray = write(table, size) { here[it] }

    private fun giveUp() {
        isOver = true
        size = 0
        dropped = 0
        table = LoginTable()
        here = BitSet()
    }

    /** Those who left keep their rows until there are more of them than of those who are here. */
    private fun forgetAbsent() {
        val before = table
        table = LoginTable(size)
        val kept = BitSet(size)
        var id = here.nextSetBit(0)
        while (id >= 0) {
            kept.set(table.intern(before.word(id, 0), before.word(id, 1), before.word(id, 2), before.word(id, 3)))
            id = here.nextSetBit(id + 1)
        }
        here = kept
    }

    companion object {
        private const val SPARE = 256

        /** The logins of [table] that are [wanted], of which there are about [expected], separated by `\n`. */
        fun write(table: LoginTable, expected: Int, wanted: (id: Int) -> Boolean = { true }): ByteArray {
            val sink = ByteSink(expected * (Login.MAX_LENGTH / 2) + LoginWords.BYTES)
            for (id in 0 until table.size) {
                if (!wanted(id)) continue
                if (sink.size > 0) sink.ascii('\n')
                sink.room(LoginWords.BYTES)
                sink.advance(table.copy(id, sink.array, sink.size))
            }
            return sink.copy()
        }
    }
}
