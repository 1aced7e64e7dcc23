package twitchactors.node

import org.apache.kafka.clients.admin.Admin
import org.apache.kafka.clients.admin.OffsetSpec
import org.apache.kafka.common.TopicPartition
import twitchactors.archive.NamedFile
import twitchactors.archiver.ArchiveFolder
import twitchactors.archiver.DayArchiver
import twitchactors.archiver.DayReport
import twitchactors.archiver.FileVerifier
import twitchactors.archiver.Finding
import twitchactors.archiver.NightlyArchiver
import twitchactors.archiver.SealedContent
import twitchactors.archiver.StoreVerifier
import twitchactors.domain.BadInput
import twitchactors.domain.Day
import twitchactors.domain.LoginFilter
import twitchactors.recording.RecordedDays
import twitchactors.restructure.StepListener
import twitchactors.services.Services
import twitchactors.store.DayLook
import twitchactors.topics.TopicNames
import java.time.Duration
import java.time.Instant
import java.util.Locale
import kotlin.io.path.exists

/**
 * Archives and verifies sealed days of a data folder. Blocks its callers.
 *
 * @param threads how many work at folding
 */
class DayKeeping(
    private val configuration: Configuration,
    private val services: Services,
    private val stores: Stores,
    threads: Int = Runtime.getRuntime().availableProcessors(),
    steps: StepListener = StepListener.None,
) {
    private val recorded = RecordedDays(configuration.data.resolve("samples"))
    val folder = ArchiveFolder(configuration.data.resolve("archive"))
    private val archiver = DayArchiver(recorded, folder, threads, steps)
    private val partitions = stores.partitions.partitions
    private val files = FileVerifier(recorded, folder, partitions, threads)
    private val database = StoreVerifier(stores.seals, stores.viewers, partitions)
    private var lookedAtAll = Long.MIN_VALUE

    /** What was sealed of [day]; null before all partitions have sealed and published it. */
    fun sealed(day: Day): SealedContent? = stores.status(day)?.let { status ->
        SealedContent(day, status.revision, checkNotNull(status.digest), status.viewers, status.pairs, status.sightings)
    }

    /** Refuses a day that was not sealed. */
    fun requireSealed(day: Day): SealedContent {
        sealed(day)?.let { return it }
        val days = stores.closes.whole(partitions.count)
        val known = if (days.isEmpty()) "no day is sealed yet" else "sealed are ${days.joinToString()}"
        throw BadInput("$day is not sealed; $known")
    }

    /** Archives the day of [sealed]; see [DayArchiver.archive]. */
    fun archive(sealed: SealedContent): DayArchiver.Archived = archiver.archive(sealed, admits())

    /** Those who may be in an archive; null: everybody. */
    private fun admits(): LoginFilter? {
        val keptOut = stores.suppressions.snapshot()
        return if (keptOut.size == 0) null else LoginFilter { bytes, from, to -> !keptOut.contains(bytes, from, to) }
    }

    /** Whether the recorder has not written yet all that Kafka has now. */
    fun isBehind(): Boolean {
        val position = recorded.position() ?: return true
        val ends = Admin.create(services.kafka.clientProperties).use { admin ->
            val wanted = (0 until configuration.topics.samplesPartitions).associate {
                TopicPartition(TopicNames.SAMPLES, it) to
                    OffsetSpec.latest()
            }
            admin.listOffsets(wanted).all().get().entries.associate { it.key.partition() to it.value.offset() }
        }
        return ends.any { (partition, end) -> end > (position[partition] ?: 0) }
    }

    /** Days with sample files, and now and then those whose archive is about another content than was sealed since. */
    fun due(): List<Day> {
        val now = System.nanoTime()
        if (lookedAtAll != Long.MIN_VALUE && now - lookedAtAll < LOOK_AT_ALL_EVERY.toNanos()) return recorded.days()
        lookedAtAll = now
        val stale = folder.days().filter { day ->
            val archived = folder.describe(day)
            archived != null && stores.status(day).let { it != null && it.digest != archived.content.digest }
        }
        return (recorded.days() + stale).distinct().sorted()
    }

    /** Archives [day] and looks at it; null when the day is not sealed yet. */
    fun archiveAndVerify(day: Day): NightlyArchiver.Done? {
        val sealed = sealed(day) ?: return null
        val archived = archive(sealed)
        val findings = verify(sealed, trustsNumber = true).findings
        val size = "%,d bytes".format(Locale.ROOT, archived.description.archive.size)
        val line = "$day is archived ($size), ${archived.removed} sample files removed; verified: ${findings.size} findings"
        return NightlyArchiver.Done(line, findings)
    }

    /**
     * Looks at all there is of a sealed day, and notes the result in its status; [mends] as for [StoreVerifier.look], [trustsNumber] as for
     * [twitchactors.archiver.StrayViewerDays.find].
     */
    fun verify(sealed: SealedContent, mends: Boolean = false, trustsNumber: Boolean = false): DayReport {
        val look = look(sealed, mends)
        val strays = database.strays(listOf(sealed.day), look.missing, others = false, trustsNumber = trustsNumber, mends = mends)
        return noted(look, strays[sealed.day])
    }

    /** What was found in all. */
    class Verified(val days: List<DayReport>, val others: List<Finding>)

    /** The same of all sealed days, and of what belongs to none; [looked] is told of each that was looked at. */
    fun verifyAll(days: List<SealedContent>, mends: Boolean = false, looked: () -> Unit = {}): Verified {
        val looks = days.map { sealed -> look(sealed, mends).also { looked() } }
        val strays = database.strays(days.map { it.day }, looks.sumOf { it.missing }, others = true, trustsNumber = true, mends = mends)
        val known = days.map { it.day }.toSet()
        return Verified(looks.map { noted(it, strays[it.report.day]) }, strays.filterKeys { it !in known }.values + orphans())
    }

    private class Look(val report: DayReport, val missing: Long)

    private fun look(sealed: SealedContent, mends: Boolean): Look {
        val day = sealed.day
        val ofFiles = files.look(day, FileVerifier.Sealed(sealed, database.sums(day)), isBehind())
        val stored = database.look(sealed, mends)
        return Look(DayReport(day, sealed, ofFiles.survey, ofFiles.findings + stored.findings, ofFiles.notes), stored.missing)
    }

    /** With what was found besides, and written into the day's status. */
    private fun noted(look: Look, besides: Finding?): DayReport {
        val report = look.report.let { DayReport(it.day, it.sealed, it.survey, it.findings + listOfNotNull(besides), it.notes) }
        val sealed = checkNotNull(report.sealed)
        database.note(sealed, report.survey?.let(DayArchiver::coverage), report.findings.isEmpty())
        stores.viewers.dayLooks.write(told(sealed, report)).toCompletableFuture().get()
        return report
    }

    /** What pages are told of a look: no viewer, and no folder of this machine. */
    private fun told(sealed: SealedContent, report: DayReport): DayLook {
        val archived = folder.describe(sealed.day)
        fun kept(file: NamedFile) = DayLook.KeptFile(file.name, file.size, file.sha256)
        return DayLook(
            day = sealed.day,
            at = Instant.now(),
            revision = sealed.revision,
            slots = report.survey?.run { bySlot.mapIndexed { slot, of -> DayLook.OfSlot(slots[slot], of.samples, of.gaps) } }.orEmpty(),
            sources = report.survey?.sources.orEmpty().mapValues { it.value.toLong() },
            archive = archived?.archive?.let(::kept),
            parquet = archived?.parquet?.let(::kept),
            rejected = report.survey?.rejected?.size ?: 0,
            findings = report.findings.map { "${it.thing.substringAfterLast('/')}: ${it.wrong}; ${it.remedy}" },
        )
    }

    /** Days that somebody knows of. */
    fun knownDays(): List<Day> = (
        stores.seals.days() + folder.days() +
            stores.viewers.dayStatuses.all().toCompletableFuture().get().map { it.day }
        )
        .distinct().sorted()

    /** What is wrong beside sealed days: things that belong to none. */
    private fun orphans(): List<Finding> = buildList {
        addAll(files.strangers())
        // What is not kept by viewer any more has neither seals nor viewer-days, and is no orphan for that.
        val aged = stores.agedDays.all()
        for (day in knownDays()) {
            if (sealed(day) != null || day in aged) continue
            if (folder.archive(day).exists()) {
                add(Finding("${folder.archive(day)}", "is of a day that is not sealed here", "run 'restore $day'"))
            } else if (stores.lastStatus(day) != null && stores.seals.of(day).isEmpty()) {
                add(Finding("status of $day", "is of a day that nobody has sealed", "feed the day again by 'replay'"))
            }
        }
    }

    private companion object {
        val LOOK_AT_ALL_EVERY: Duration = Duration.ofHours(1)
    }
}
