package twitchactors.profile

import com.google.protobuf.ByteString
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import twitchactors.topics.SightingsCodec
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.Sightings
import java.security.MessageDigest
import kotlin.random.Random

/** Generated records for one partition, and what they must come to. */
internal class Sent(private val world: World, private val partitions: Partitions, private val random: Random) {
    private val viewers = generateSequence(0) { it + 1 }.map { "viewer_${it * 7}" }
        .filter { partitions.of(Login.require(it)) == world.partition }.take(VIEWERS).toList()
    private val seen = HashMap<Day, HashSet<Seen>>()

    /** Names in all records, each time counted. */
    var names = 0L
        private set

    /** Feeds that were closed. */
    val closes = HashSet<Pair<String, Day>>()

    /** Everybody who was seen on [day]: the answer by brute force. */
    fun seen(day: Day): Set<Seen> = seen[day].orEmpty()

    /** Some viewers of one streamer in one slot of [day]; now and then the same as before. */
    fun sightings(day: Day) {
        val streamer = "streamer_${random.nextInt(4)}"
        val slot = random.nextInt(12)
        val names = List(random.nextInt(1, 6)) { viewers.random(random) }
        names.forEach { seen.getOrPut(day, ::HashSet) += Seen(it, streamer, slot) }
        this.names += names.size
        world.append(encoded(day, streamer, slot, names))
    }

    /** A feed of [day] through all [sources] partitions of `samples`: its records in any order, some twice, then its closes. */
    fun feed(day: Day, name: String, records: Int, sources: Int = 2) {
        repeat(records) { sightings(day) }
        seen.getOrPut(day, ::HashSet)
        for (source in (0 until sources).shuffled(random)) close(day, name, source, sources)
    }

    fun close(day: Day, feed: String, source: Int, sources: Int) {
        val closed = DayClosed.newBuilder().setDay(day.epochDay).setSource("replay").setFeed(feed)
            .setSourcePartition(source).setSourcePartitions(sources).build()
        world.append(SightingsCodec.encode(closed))
        closes += feed to day
    }

    /** What the digest of [day] must be, as the contract has it. */
    fun digest(day: Day): String {
        val order = compareBy(Seen::viewer, Seen::streamer, Seen::slot)
        val lines = seen(day).sortedWith(order).joinToString("") { "${it.viewer},${it.streamer},${it.slot}\n" }
        return MessageDigest.getInstance("SHA-256").digest(lines.toByteArray()).joinToString("") { "%02x".format(it) }
    }

    companion object {
        private const val VIEWERS = 25

        fun encoded(day: Day, streamer: String, slot: Int, names: List<String>): ByteArray = SightingsCodec.encode(
            Sightings.newBuilder().setStreamer(streamer).setDay(day.epochDay).setSlot(slot)
                .setLogins(ByteString.copyFromUtf8(names.joinToString("\n"))).build(),
        )
    }
}
