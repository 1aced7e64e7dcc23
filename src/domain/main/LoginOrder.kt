package twitchactors.domain

import java.util.Arrays

/** Sorts the logins of a [LoginTable]. */
object LoginOrder {
    /** The numbers of all logins of [logins], in the bytewise order of the logins. */
    fun of(logins: LoginTable): IntArray {
        if (logins.size == 0) return IntArray(0)
        // As many leading bits of each login as leave room for its number; equal ones are compared in full.
        val idBits = Int.SIZE_BITS - Integer.numberOfLeadingZeros(logins.size - 1)
        val idMask = (1L shl idBits) - 1
        val keys = LongArray(logins.size) { id -> (logins.word(id, 0) ushr idBits shl idBits) or id.toLong() }
        keys.sort()
        val order = IntArray(keys.size) { (keys[it] and idMask).toInt() }
        var from = 0
        while (from < keys.size) {
            var to = from + 1
            while (to < keys.size && keys[to] or idMask == keys[from] or idMask) to++
            if (to - from > 1) sortFew(order, from, to, logins)
            from = to
        }
        return order
    }

    private fun sortFew(order: IntArray, from: Int, to: Int, logins: LoginTable) {
        val ids = order.copyOfRange(from, to).toTypedArray()
        Arrays.sort(ids, logins::compare)
        ids.forEachIndexed { i, id -> order[from + i] = id }
    }
}
