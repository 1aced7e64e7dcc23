package twitchactors.profile

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.Logger
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.core.AppenderBase
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.apache.pekko.actor.typed.ActorRef
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import org.junit.jupiter.params.provider.MethodSource
import org.slf4j.LoggerFactory
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.Partitions
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.random.Random

/** One partition through the lives of its owners: whatever becomes of them, its days are the union of its records. */
internal class ViewerPartitionTest {
    private val partitions = Partitions(4)
    private val monday = Day.parse("2022-08-01")!!
    private val tuesday = Day.parse("2022-08-02")!!
    private val world = World(partition = 2)
    private val random = Random(1)
    private val sent = Sent(world, partitions, random)
    private val log = Log()

    private class Log : AppenderBase<ILoggingEvent>() {
        private val logger = LoggerFactory.getLogger(ViewerPartition::class.java) as Logger
        val warnings = CopyOnWriteArrayList<String>()

        override fun append(event: ILoggingEvent) {
            if (event.level.isGreaterOrEqual(Level.WARN)) warnings += event.formattedMessage
        }

        fun open() {
            start()
            logger.addAppender(this)
        }

        fun close() = logger.detachAppender(this)
    }

    @BeforeEach
    fun listen() = log.open()

    @AfterEach
    fun end() {
        log.close()
    }

    /** An owner of the partition in a process that lives for [life]. */
    private inner class Owner(
        val life: World.Life = this@ViewerPartitionTest.world.Life(),
        settings: ProfileSettings = QUICK,
        world: World = this@ViewerPartitionTest.world,
    ) {
        val board = PartitionBoard()
        val actor: ActorRef<ViewerPartition.Command> =
            kit.spawn(ViewerPartition.create(world.partition, partitions, life.outside(), settings, board))

        fun awaitFolded(sent: Sent = this@ViewerPartitionTest.sent) = eventually("all folded") { board.namesApplied.sum() >= sent.names }

        fun handOver() {
            actor.tell(ViewerPartition.HandOver)
            awaitEnd()
        }

        fun awaitEnd() = kit.createTestProbe<Any>().expectTerminated(actor, LIMIT)

        /** As a kill -9 of its process. */
        fun kill() {
            life.kill()
            kit.stop(actor)
        }
    }

    private fun eventually(what: Any, condition: () -> Boolean) =
        kit.createTestProbe<Any>().awaitAssert(LIMIT) { assertTrue(condition()) { "$what" } }

    private fun awaitDone(world: World = this.world, sent: Sent = this.sent) = eventually(world) {
        world.closes.containsAll(sent.closes) && world.isPublished()
    }

    private fun assertExact(days: List<Day>, world: World = this.world, sent: Sent = this.sent) {
        for (day in days) {
            val sealed = checkNotNull(world.sealed(day)) { "$day is not sealed" }
            assertEquals(sent.seen(day), World.viewers(sealed).values.flatten().toSet(), "sealed of $day")
            assertEquals(sent.seen(day), world.published(day), "published of $day")
            assertEquals(sent.digest(day), sealed.digest)
            assertEquals(sent.seen(day).size.toLong(), sealed.sightings)
            assertEquals(sent.seen(day).distinctBy { it.viewer }.size, sealed.viewers)
        }
    }

    @Test
    fun `the next owner goes on where the last checkpoint ends`() {
        val first = Owner()
        repeat(100) { sent.sightings(monday) }
        eventually("a checkpoint") { world.checkpoint?.offset == world.end }
        first.kill()
        val second = Owner()
        sent.feed(monday, "a", 50)
        awaitDone()
        assertEquals(listOf(0L, 100L), world.begins)
        assertExact(listOf(monday))
        second.handOver()
    }

    @Test
    fun `what is handed over in order is not read again`() {
        val first = Owner(settings = SELDOM)
        repeat(100) { sent.sightings(monday) }
        first.awaitFolded()
        first.handOver()
        assertEquals(100, world.checkpoint?.offset)
        val second = Owner(settings = SELDOM)
        sent.feed(monday, "a", 50)
        awaitDone()
        assertEquals(listOf(0L, 100L), world.begins)
        assertExact(listOf(monday))
        second.handOver()
    }

    @Test
    fun `a former owner's checkpoint is refused, and it ends`() {
        val former = Owner(settings = SELDOM)
        repeat(20) { sent.sightings(monday) }
        former.awaitFolded()
        val owner = Owner()
        eventually("a checkpoint of the new owner") { world.checkpoint?.let { it.fence == 2L && it.offset == world.end } == true }
        val there = world.checkpoint
        former.handOver()
        assertEquals(1, world.refused)
        assertEquals(there, world.checkpoint)
        sent.feed(monday, "a", 20)
        awaitDone()
        assertExact(listOf(monday))
        owner.handOver()
    }

    @Test
    fun `a former owner ends by itself at its next checkpoint`() {
        val former = Owner()
        repeat(20) { sent.sightings(monday) }
        eventually("a checkpoint") { world.checkpoint?.offset == world.end }
        val owner = Owner(settings = SELDOM)
        eventually("a new owner") { world.begins.size == 2 }
        sent.sightings(monday)
        former.awaitEnd()
        assertEquals(1, world.refused)
        assertEquals(1, world.checkpoint?.fence)
        owner.handOver()
    }

    @Test
    fun `a former owner's seal is refused, and it ends`() {
        val former = Owner(world.Life { step, _ -> if (step == Step.FIX) Turn.HOLD else Turn.GO }, SELDOM)
        sent.feed(monday, "a", 20)
        val owner = Owner()
        awaitDone()
        sent.feed(monday, "b", 200)
        awaitDone()
        assertEquals(2, world.sealed(monday)?.revision)
        world.release()
        former.awaitEnd()
        assertEquals(1, world.refused)
        assertExact(listOf(monday))
        owner.handOver()
    }

    @Test
    fun `an owner that is stopped unasked writes its last checkpoint`() {
        val owner = Owner(settings = SELDOM)
        repeat(20) { sent.sightings(monday) }
        owner.awaitFolded()
        kit.stop(owner.actor)
        assertEquals(20, world.checkpoint?.offset)
        assertEquals(0, world.refused)
    }

    @Test
    fun `an owner that is stopped unasked after another has come is refused, even if nothing is new`() {
        val former = Owner()
        repeat(20) { sent.sightings(monday) }
        eventually("a checkpoint") { world.checkpoint?.offset == world.end }
        val owner = Owner(settings = SELDOM)
        eventually("a new owner") { world.begins.size == 2 }
        kit.stop(former.actor)
        assertEquals(1, world.refused)
        owner.handOver()
    }

    @Test
    fun `an owner that is stopped unasked fixes what it has sealed before its last checkpoint`() {
        val life = world.Life { step, nth -> if (step == Step.FIX && nth == 1) Turn.HOLD else Turn.GO }
        val owner = Owner(life, SELDOM)
        sent.feed(monday, "a", 20)
        eventually("a seal on its way") { life.asked(Step.FIX) == 1 }
        kit.stop(owner.actor)
        assertEquals(world.end, world.checkpoint?.offset)
        assertEquals(1, world.sealed(monday)?.revision)
        val next = Owner()
        awaitDone()
        assertExact(listOf(monday))
        next.handOver()
    }

    @Test
    fun `while nothing can be published, records are not asked for without end`() {
        val tooFar = kit.createTestProbe<Long>()
        val owner = Owner(world.Life { step, _ -> if (step == Step.PUBLISH) Turn.HOLD else Turn.GO })
        world.tellAsked(AHEAD) { tooFar.tell(it) }
        val days = List(60) { Day(monday.epochDay + it) }
        days.forEach { sent.feed(it, "a", records = 98) }
        eventually("a seal that waits") { world.sealed(days[2]) != null }
        tooFar.expectNoMessage(Duration.ofSeconds(1))
        world.stopHolding()
        awaitDone()
        assertExact(days)
        owner.handOver()
    }

    @ParameterizedTest
    @EnumSource(Step::class, mode = EnumSource.Mode.EXCLUDE, names = ["DEAD_LETTER"])
    fun `a service that is away is asked again until it answers, with one line when it goes and one when it comes`(away: Step) {
        val owner = Owner(world.Life { step, nth -> if (step == away && nth <= 5) Turn.FAIL else Turn.GO })
        sent.feed(monday, "a", 100)
        sent.feed(monday, "b", 100)
        sent.feed(tuesday, "b", 10)
        awaitDone()
        eventually("a checkpoint") { world.checkpoint?.offset == world.end }
        assertExact(listOf(monday, tuesday))
        assertEquals(2, log.warnings.size, "${log.warnings}")
        assertTrue("nobody answers" in log.warnings[0], log.warnings[0])
        assertTrue("again" in log.warnings[1], log.warnings[1])
        assertNull(owner.board.statuses().single().trouble)
        owner.handOver()
    }

    @Test
    fun `a dead letter that cannot be kept ends the owner, and nothing behind it is lost`() {
        val first = Owner(world.Life { step, _ -> if (step == Step.DEAD_LETTER) Turn.FAIL else Turn.GO })
        repeat(10) { sent.sightings(monday) }
        val poison = world.append(null)
        sent.feed(monday, "a", 10)
        first.awaitEnd()
        assertTrue((world.checkpoint?.offset ?: 0) <= poison)
        val second = Owner()
        awaitDone()
        assertEquals(setOf(poison), world.deadLetters.keys)
        assertExact(listOf(monday))
        second.handOver()
    }

    @ParameterizedTest
    @MethodSource("deaths")
    fun `an owner that is killed at any step leaves nothing that the next one does not mend`(step: Step, nth: Int, turn: Turn) {
        val world = World(partition = 3)
        val sent = Sent(world, partitions, random)
        val life = world.Life { asked, count -> if (asked == step && count == nth) turn else Turn.GO }
        val first = Owner(life, world = world)
        sent.feed(monday, "a", 30)
        sent.feed(monday, "b", 30)
        sent.feed(tuesday, "c", 30)
        eventually("death") { life.death.isDone.also { if (!it) sent.sightings(tuesday) } }
        kit.stop(first.actor)
        sent.feed(tuesday, "d", 1)
        val second = Owner(world.Life(), world = world)
        awaitDone(world, sent)
        assertExact(listOf(monday, tuesday), world = world, sent = sent)
        second.handOver()
    }

    @Test
    fun `random days by random owners that come, go and die at random moments`() {
        repeat(TRIALS) { seed ->
            try {
                trial(Random(seed))
            } catch (failure: AssertionError) {
                throw AssertionError("with seed $seed: ${failure.message}", failure)
            }
        }
    }

    private fun trial(random: Random) {
        val world = World(partition = random.nextInt(4))
        val sent = Sent(world, partitions, random)
        val days = List(random.nextInt(1, 5)) { Day(monday.epochDay + it) }
        val settings = ProfileSettings(Duration.ofMillis(random.nextLong(1, 40)), random.nextInt(5, 100), random.nextInt(1, 4), RETRY)
        val owners = ArrayList<Owner>()
        val leaving = ArrayList<Owner>()
        repeat(random.nextInt(2, 7)) { life ->
            val chance = random.nextDouble(0.0, 0.05)
            val turns = Random(random.nextInt())
            val life = world.Life { step, _ ->
                val turn = if (turns.nextDouble() < chance) Turn.entries.random(turns) else Turn.GO
                // A claim that is carried out late ends the last owner, which would be woken up again: not by anybody here.
                if (turn == Turn.HOLD && step <= Step.CLAIM) Turn.GO else turn
            }
            owners += Owner(life, settings, world)
            repeat(random.nextInt(3)) { sent.feed(days.random(random), "feed-$life-$it", random.nextInt(60), random.nextInt(1, 4)) }
            // The one before may go on beside the new one, for a while or for ever.
            if (owners.size > 1 || random.nextBoolean()) {
                val last = owners.removeAt(0)
                when (random.nextInt(3)) {
                    0 -> last.kill()
                    1 -> kit.stop(last.actor)
                    else -> last.actor.tell(ViewerPartition.HandOver).also { leaving += last }
                }
            }
        }
        // One that has only just been made would claim after the last owner, too.
        (owners + leaving).forEach { kit.stop(it.actor) }
        days.forEach { sent.feed(it, "last", random.nextInt(20)) }
        val last = Owner(world.Life(), settings, world)
        eventually("the last owner") { last.life.asked(Step.CLAIM) > 0 }
        // What the others have asked for is done only now.
        world.release()
        awaitDone(world, sent)
        assertExact(days, world = world, sent = sent)
        last.handOver()
    }

    @Test
    fun `a record that cannot be understood is kept with its reason and harms no other`() {
        val owner = Owner()
        val elsewhere = generateSequence(0) { it + 1 }.map { "viewer_$it" }.first { partitions.of(Login.require(it)) != world.partition }
        repeat(10) { sent.sightings(monday) }
        val poison = listOf(
            world.append(null) to "no value",
            world.append(byteArrayOf(1, 2, 3)) to "Protobuf",
            world.append(Sent.encoded(monday, "streamer", 1, listOf("a")), version = "9") to "version",
            world.append(Sent.encoded(monday, "streamer", 288, listOf("a"))) to "slot 288",
            world.append(Sent.encoded(monday, "streamer", 1, listOf(elsewhere))) to "partition",
        )
        sent.feed(monday, "a", 10)
        awaitDone()
        assertEquals(poison.map { it.first }, world.deadLetters.keys.toList())
        for ((offset, reason) in poison) assertTrue(reason in world.deadLetters.getValue(offset), "${world.deadLetters[offset]}")
        assertEquals(poison.size.toLong(), owner.board.deadLetters.sum())
        assertExact(listOf(monday))
        owner.handOver()
    }

    @Test
    fun `a profile tells the slots of a viewer by day and streamer`() {
        val owner = Owner()
        val probe = kit.createTestProbe(ViewerPartition.Profile::class.java)
        val viewer = generateSequence(0) { it + 1 }.map { "v$it" }.first { partitions.of(Login.require(it)) == world.partition }
        for (slot in listOf(7, 5, 6, 40)) world.append(Sent.encoded(monday, "zerator", slot, listOf(viewer)))
        world.append(Sent.encoded(tuesday, "kameto", 287, listOf(viewer)))
        eventually("all folded") { owner.board.namesApplied.sum() == 5L }
        val days = mapOf("2022-08-01" to mapOf("zerator" to "5-7,40"), "2022-08-02" to mapOf("kameto" to "287"))
        for ((asked, wanted) in mapOf(viewer to days, viewer.uppercase() to days, "nobody" to emptyMap(), "no login!" to emptyMap())) {
            owner.actor.tell(ViewerPartition.GetProfile(asked, probe.ref))
            assertEquals(wanted, probe.receiveMessage().days, asked)
        }
        owner.handOver()
    }

    private companion object {
        val kit: ActorTestKit = ActorTestKit.create()

        @JvmStatic
        @AfterAll
        fun close() = kit.shutdownTestKit()

        val LIMIT: Duration = Duration.ofSeconds(20)
        val RETRY: Duration = Duration.ofMillis(5)
        val QUICK = ProfileSettings(checkpointEvery = Duration.ofMillis(10), retryAfter = RETRY)

        /** No checkpoint but at the end. */
        val SELDOM = ProfileSettings(checkpointEvery = Duration.ofHours(1), retryAfter = RETRY)

        /** Days that wait to be published have 100 records each: a few of these, and what a stream has read ahead. */
        const val AHEAD = 1000L
        const val TRIALS = 150

        @JvmStatic
        fun deaths(): List<Array<Any>> = Step.entries.filter { it != Step.DEAD_LETTER }.flatMap { step ->
            val often = when (step) {
                Step.TOPIC_ID, Step.CLAIM, Step.SEALS -> 1
                else -> 2
            }
            (1..often).flatMap { nth -> listOf(Turn.DIE_BEFORE, Turn.DIE_HALFWAY, Turn.DIE_AFTER).map { arrayOf(step, nth, it) } }
        }
    }
}
