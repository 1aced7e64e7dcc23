package twitchactors.node

import com.google.protobuf.ByteString
import org.apache.kafka.clients.producer.ProducerRecord
import org.apache.pekko.Done
import org.apache.pekko.NotUsed
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.kafka.ProducerMessage
import org.apache.pekko.kafka.javadsl.Producer
import org.apache.pekko.stream.KillSwitches
import org.apache.pekko.stream.SharedKillSwitch
import org.apache.pekko.stream.javadsl.Sink
import org.apache.pekko.stream.javadsl.Source
import twitchactors.domain.ByteSink
import twitchactors.domain.Slot
import twitchactors.services.KafkaEndpoint
import twitchactors.simulator.World
import twitchactors.simulator.WorldDay
import twitchactors.topics.RecordProducer
import twitchactors.topics.SampleCodec
import twitchactors.topics.TopicNames
import twitchactors.topics.TopicSettings
import twitchactors.topics.wire.DayClosed
import twitchactors.topics.wire.Sample
import java.time.Duration
import java.util.UUID
import java.util.concurrent.CompletionStage
import java.util.concurrent.atomic.LongAdder

/**
 * Plays a day of a simulated world into `samples`, slot by slot, faster than real time. The day is closed when all of it is
 * acknowledged. Playing a day again adds nothing to it.
 *
 * @param speed how many times faster than real time; when Kafka is slower than that, the day takes longer
 */
class SimulatedFeed(
    private val system: ActorSystem<*>,
    kafka: KafkaEndpoint,
    private val settings: TopicSettings,
    private val world: World,
    private val speed: Double,
) {
    private val producers = RecordProducer.settings(system, kafka, settings)
    private val killSwitch: SharedKillSwitch = KillSwitches.shared("simulated feed")

    /** Samples that Kafka has acknowledged since this feed began. */
    val samplesFed = LongAdder()

    /** Plays [day]; done when it is closed. */
    fun play(day: WorldDay): CompletionStage<Done> {
        val feed = UUID.randomUUID().toString()
        val pace = Duration.ofNanos((Slot.SECONDS * NANOS / speed).toLong())
        val samples = Source.range(0, Slot.PER_DAY - 1)
            .throttle(1, pace)
            .mapConcat { slot -> samples(day, slot, feed) }
            .map { SampleCodec.record(TopicNames.SAMPLES, it) }
        return send(samples).thenCompose { send(Source.from(closes(day, feed))) }
    }

    /** Ends the play; the day is then not closed. */
    fun stop() = killSwitch.shutdown()

    private fun send(records: Source<ProducerRecord<ByteArray, ByteArray>, NotUsed>): CompletionStage<Done> = records
        .via(killSwitch.flow())
        .map { ProducerMessage.single(it) }
        .via(Producer.flexiFlow<ByteArray, ByteArray, NotUsed>(producers))
        .map { samplesFed.increment() }
        .runWith(Sink.ignore(), system)

    private fun samples(day: WorldDay, slot: Int, feed: String): List<Sample> = (0 until day.streamers).mapNotNull { streamer ->
        val broadcast = day.broadcast(streamer, slot) ?: return@mapNotNull null
        val segment = broadcast.segmentAt(day.moment(slot))
        val logins = ByteSink(day.chatterCount(streamer, slot) * MEAN_NAME + 1)
        day.forEachChatter(streamer, slot) { viewer ->
            if (logins.size > 0) logins.byte('\n'.code)
            world.names.appendTo(logins, day.nameOfViewer(viewer))
        }
        Sample.newBuilder()
            .setStreamer(world.names[streamer])
            .setDay(day.day.epochDay)
            .setSlot(slot)
            .setPolledAt(Slot(slot).startsAt(day.day))
            .setSource("simulator")
            .setComplete(true)
            .setLiveViewers(day.liveViewers(streamer, slot))
            .setTitle(segment.title)
            .setCategory(segment.game)
            .setLanguage("fr")
            .setStreamId(broadcast.id.toString())
            .setStartedAt(broadcast.startedAt)
            .setPoll("$feed:$slot:$streamer")
            .setChunks(1)
            .setLogins(ByteString.copyFrom(logins.array, 0, logins.size))
            .build()
    }

    private fun closes(day: WorldDay, feed: String): List<ProducerRecord<ByteArray, ByteArray>> = List(settings.samplesPartitions) {
        val closed = DayClosed.newBuilder().setDay(day.day.epochDay).setSource("live").setFeed(feed)
            .setSourcePartition(it).setSourcePartitions(settings.samplesPartitions).build()
        SampleCodec.record(TopicNames.SAMPLES, it, closed)
    }

    companion object {
        /** In one record; a world whose chats are larger would need chunks. */
        const val MOST_VIEWERS = 200_000
        private const val NANOS = 1e9
        private const val MEAN_NAME = 14
    }
}
