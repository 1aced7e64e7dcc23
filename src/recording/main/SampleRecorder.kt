package twitchactors.recording

import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.Behavior
import org.apache.pekko.actor.typed.DispatcherSelector
import org.apache.pekko.actor.typed.PostStop
import org.apache.pekko.actor.typed.javadsl.ActorContext
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.apache.pekko.actor.typed.javadsl.TimerScheduler
import org.apache.pekko.cluster.typed.ClusterSingleton
import org.apache.pekko.cluster.typed.ClusterSingletonSettings
import org.apache.pekko.cluster.typed.SingletonActor
import twitchactors.domain.LoginFilter
import twitchactors.services.KafkaEndpoint
import twitchactors.topics.TopicNames
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CompletableFuture

/**
 * Sees to it that what comes through `samples` becomes sample files, one per slot. One in the cluster. It keeps nothing that matters:
 * how far the files are stands beside them. When anything fails it claims the folder again and goes on from there.
 */
class SampleRecorder private constructor(
    private val context: ActorContext<Command>,
    private val timers: TimerScheduler<Command>,
    private val outside: Outside,
    private val settings: RecordingSettings,
) {
    /**
     * What the recorder needs from outside.
     *
     * @param folder where the files are, a folder in it for each day
     * @param clock the time that pollers have; it only decides when a file is written
     * @param admits who may be known now; asked for each time that files are written
     * @param topic what is recorded
     */
    class Outside(
        val kafka: KafkaEndpoint,
        val folder: Path,
        val clock: () -> Instant = Instant::now,
        val admits: () -> LoginFilter = { LoginFilter.All },
        val board: RecordingBoard = RecordingBoard(),
        val topic: String = TopicNames.SAMPLES,
    )

    sealed interface Command
    private data object Claim : Command
    private class Claimed(val recording: Recording) : Command
    private class Ended(val cause: Throwable?) : Command

    private val troubles = RecordingTroubles(outside.board)
    private var running: Recording.Running? = null

    private fun begin(): Behavior<Command> {
        context.self.tell(Claim)
        return Behaviors.receive(Command::class.java)
            .onMessage(Command::class.java) { command ->
                when (command) {
                    Claim -> claim()
                    is Claimed -> record(command.recording)
                    is Ended -> ended(command.cause)
                }
                Behaviors.same()
            }
            .onSignal(PostStop::class.java) {
                running?.stop()
                Behaviors.same()
            }
            .build()
    }

    private fun claim() {
        val system = context.system
        val recording = CompletableFuture.supplyAsync({
            val topic = SamplesTopic(system, outside.kafka, outside.topic)
            val folder = SampleFolder(outside.folder, outside.admits)
            val start = topic.start(folder.claim(), "${outside.folder}")
            Recording(system, settings, topic, folder, start, outside.clock, troubles, outside.board)
        }, system.dispatchers().lookup(DispatcherSelector.blocking()))
        context.pipeToSelf(recording) { claimed, failure -> claimed?.let(::Claimed) ?: Ended(failure) }
    }

    private fun record(recording: Recording) {
        running = recording.start().also { context.pipeToSelf(it.done) { _, failure -> Ended(failure) } }
    }

    private fun ended(cause: Throwable?) {
        running?.stop()
        running = null
        val root = cause?.let { generateSequence(it) { failure -> failure.cause }.last() }
        if (root != null) troubles.waits("samples are not recorded", root)
        timers.startSingleTimer(
            Claim,
            if (root is FormerOwner) settings.retryAfter.multipliedBy(FORMER_OWNER_WAITS) else settings.retryAfter,
        )
    }

    companion object {
        /** Only nodes with this role record. */
        const val ROLE = "archive"

        /** A former owner is soon told by the others of its cluster that it is none; it leaves the folder to the other one until then. */
        private const val FORMER_OWNER_WAITS = 12L

        /** The recorder itself; it begins at once. */
        fun create(outside: Outside, settings: RecordingSettings): Behavior<Command> = Behaviors.setup { context ->
            context.setLoggerName(SampleRecorder::class.java)
            Behaviors.withTimers { timers -> SampleRecorder(context, timers, outside, settings).begin() }
        }

        /** Sees to it that there is one in the cluster of [system], here or on another node with the [role]. */
        fun init(system: ActorSystem<*>, outside: Outside, settings: RecordingSettings, role: String = ROLE) {
            val singleton = SingletonActor.of(create(outside, settings), "sample-recorder")
            ClusterSingleton.get(system).init(singleton.withSettings(ClusterSingletonSettings.create(system).withRole(role)))
        }
    }
}
