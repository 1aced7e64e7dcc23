package twitchactors.store

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Murmur3
import twitchactors.domain.PairSink
import java.util.PriorityQueue

/**
 * Picks up to [limit] viewers out of sorted pairs of [day]: those with the smallest hashes, which differ from day to day. Each
 * viewer has the same chance, and the same content always gives the same ones, so that what is published stays a function of
 * what was sealed.
 */
class ViewerSample(private val day: Day, private val limit: Int = LIMIT) : PairSink {
    private class Picked(val hash: UInt, val login: String)

    /** The greatest hash first, to be pushed out first. */
    private val picked = PriorityQueue(compareByDescending(Picked::hash).thenByDescending(Picked::login))
    private var last = ""

    /** Those picked, sorted. */
    val logins: List<Login> get() = picked.map { Login.require(it.login) }.sorted()

    override fun row(viewer: ByteArray, length: Int, streamer: Int, runs: IntArray, count: Int) {
        val hash = Murmur3.hash32(viewer, 0, length, day.epochDay).toUInt()
        if (picked.size == limit && hash > picked.peek().hash) return
        val login = String(viewer, 0, length, Charsets.US_ASCII)
        // Further pairs of the viewer before.
        if (login == last) return
        last = login
        picked.add(Picked(hash, login))
        if (picked.size > limit) picked.poll()
    }

    companion object {
        /** Of one partition: with 16 of them, a random viewer of a day is one of 3,200. */
        const val LIMIT = 200
    }
}
