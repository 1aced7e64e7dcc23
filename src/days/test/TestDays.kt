package twitchactors.days

import com.typesafe.config.ConfigFactory
import com.zaxxer.hikari.HikariDataSource
import org.apache.pekko.actor.BootstrapSetup
import org.apache.pekko.actor.setup.ActorSystemSetup
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit
import org.apache.pekko.actor.typed.ActorSystem
import org.apache.pekko.actor.typed.javadsl.Behaviors
import org.junit.jupiter.api.extension.ExtensionContext
import org.junit.jupiter.api.extension.ParameterContext
import org.junit.jupiter.api.extension.ParameterResolver
import twitchactors.domain.ByteSink
import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.domain.OpenDay
import twitchactors.domain.OpenDayForm
import twitchactors.domain.Slot
import twitchactors.services.Databases
import twitchactors.services.Schema
import twitchactors.services.ServiceSettings
import twitchactors.services.Services
import twitchactors.store.DayCloses
import twitchactors.store.DayOpenings
import twitchactors.store.DayTraces
import twitchactors.store.SampleHeads
import twitchactors.store.Seal
import twitchactors.store.Seals
import twitchactors.store.ViewerDatabase
import java.nio.file.Path
import java.time.Duration
import java.util.UUID
import java.util.concurrent.CompletableFuture

/** The real MariaDB and the embedded viewer database, started once for all test classes that ask for [Started]. */
class TestDays : ParameterResolver {
    class Started(private val services: Services) : AutoCloseable {
        val dataSource: HikariDataSource = Databases.pool(services.mariaDb, "days-tests", 8)
        val viewers: ViewerDatabase = ViewerDatabase.connect(services.mongo.uri, "days_test_${UUID.randomUUID()}")
        val seals = Seals(dataSource)
        val openings = DayOpenings(dataSource)
        val closes = DayCloses(dataSource)
        val heads = SampleHeads(dataSource)

        init {
            // The folder may have those of an earlier run.
            val tables = query("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()") { it.getString(1) }
            tables.forEach(::execute)
            Schema.migrate(dataSource)
        }

        private fun execute(table: String) = dataSource.connection.use {
            it.createStatement().use { drop -> drop.execute("DROP TABLE `$table`") }
        }

        fun <T> query(sql: String, row: (java.sql.ResultSet) -> T): List<T> = dataSource.connection.use { connection ->
            connection.createStatement().use { it.executeQuery(sql).use { rows -> buildList { while (rows.next()) add(row(rows)) } } }
        }

        /** The ports of a node on these stores. */
        fun outside(partitions: Int): DayOutside {
            val traces = DayTraces(dataSource, partitions)
            val contents = DayContents(seals, partitions)
            val audiences = DayAudiences(seals, heads, viewers.audiences)
            return DayOutside(
                traces = { within, also -> later { (traces.changed(within) + also).map(traces::of) } },
                statuses = viewers.dayStatuses::all,
                content = { day -> later { contents.of(day) } },
                audience = { day, revision, content, known -> later { audiences.bring(day, revision, content, known) } },
                status = viewers.dayStatuses::of,
                write = viewers.dayStatuses::write,
            )
        }

        private fun <T> later(work: () -> T) = CompletableFuture.supplyAsync(work)

        /** What a node is, as far as the life of days goes. */
        fun system(): ActorTestKit {
            val config = ConfigFactory.load("days")
            val setup = ActorSystemSetup.create(BootstrapSetup.create(config), JournalDatabase(dataSource))
            return ActorTestKit.create(ActorSystem.create(Behaviors.empty<Void>(), "days-${UUID.randomUUID()}", setup))
        }

        /** Has each of [partitions] seal and publish [day] as [revision], with one viewer per revision in each, at the end of a feed. */
        fun seal(day: Day, partitions: Int, revision: Int) = repeat(partitions) { sealOne(day, it, revision) }

        /** As a partition does it: seals, notes that it is through with the feed, publishes. */
        fun sealOne(day: Day, partition: Int, revision: Int) =
            check(seal(day, partition, revision, List(revision) { "viewer_${partition}_$it" }))

        /** Has [partition] seal and publish one viewer less than [revision] has. */
        fun without(day: Day, partition: Int, revision: Int, viewer: String): Boolean =
            seal(day, partition, revision, List(revision) { "viewer_${partition}_$it" } - viewer)

        private fun seal(day: Day, partition: Int, revision: Int, viewers: List<String>): Boolean {
            val open = OpenDay(day)
            viewers.forEach { open.add(Login.require(it), Login.require("streamer"), Slot(it.substringAfterLast('_').toInt())) }
            val form = ByteSink(256).also { OpenDayForm.write(open, it) }.copy()
            val seal = Seal(
                day,
                partition,
                revision,
                fence = 1,
                digest = open.digest(),
                viewers = open.viewerCount.toLong(),
                pairs = open.pairCount.toLong(),
                sightings = open.sightingCount,
            )
            check(seals.write(seal, form))
            closes.note(day, "feed $revision", partition, revision)
            return seals.markPublished(day, partition, revision)
        }

        /** The journal of [day], with the bytes of each event. */
        fun journal(day: Day): List<Pair<DayEvent, Int>> = query(
            "SELECT event_payload, event_ser_manifest FROM event_journal WHERE persistence_id = 'day|$day' ORDER BY sequence_number",
        ) { row -> row.getBytes(1).let { DayEventSerializer().fromBinary(it, row.getString(2)) to it.size } }

        fun sealed(day: Day): List<DaySealed> = journal(day).mapNotNull { it.first as? DaySealed }

        override fun close() {
            viewers.close()
            dataSource.close()
            services.close()
        }
    }

    override fun supportsParameter(parameter: ParameterContext, context: ExtensionContext): Boolean =
        parameter.parameter.type == Started::class.java

    override fun resolveParameter(parameter: ParameterContext, context: ExtensionContext): Any =
        context.root.getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Started::class.java) {
            val home = System.getenv("TWITCHACTORS_MARIADB_HOME")?.let(Path::of)
            val settings = ServiceSettings(mariaDbHome = home, startTimeout = Duration.ofMinutes(3))
            Started(Services.start(settings, Path.of("target/it/data").toAbsolutePath(), System.err::println))
        }

    companion object {
        private var last = 20_000

        /** A day that no other test has. */
        @Synchronized
        fun newDay() = Day(++last)
    }
}
