package twitchactors.node

import twitchactors.archive.LoginSearch
import twitchactors.archive.SampleArchive
import twitchactors.archiver.ArchiveFolder
import twitchactors.archiver.RunsLeftOut
import twitchactors.domain.BadInput
import twitchactors.domain.Login
import twitchactors.profile.ViewerPartition
import twitchactors.store.SuppressionKind
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ExecutionException
import kotlin.io.path.exists
import kotlin.io.path.isRegularFile
import kotlin.io.path.name

/** Searches all that is stored for a viewer, and tells what is found, and when it goes. Changes nothing. */
internal class ErasureProof(private val running: Running, private val viewer: Login, private val patience: Patience) {
    private val data = running.configuration.data
    private val search = LoginSearch(viewer)

    /** Tells line by line; returns in how many places, Kafka apart, there is something of the viewer. */
    fun tell(line: (String) -> Unit): Int {
        val kind = running.stores.suppressions.kind(viewer)
        line(
            when (kind) {
                SuppressionKind.ERASED -> "the viewer is erased and kept out"
                SuppressionKind.OPTED_OUT -> "the viewer has opted out and is kept out"
                null -> "the viewer is not kept out"
            },
        )
        val databases = databases()
        if (databases.isEmpty()) line("the databases and the viewer's partition know nothing of the viewer")
        databases.forEach(line)
        val files = files()
        if (files.isEmpty()) line("no file of this data folder names the viewer")
        files.forEach(line)
        if (databases.size + files.size > 0) {
            val goes = "run 'erase' again, with --now for archives and remains"
            line(if (kind == null) "this stays until 'erase' or 'optout' removes it" else "this goes as soon as the pipeline runs: $goes")
        }
        line("in Kafka, which is not searched:")
        KafkaRemains.lines(running.services.kafka).forEach { line("  $it") }
        return databases.size + files.size
    }

    private fun databases(): List<String> = buildList {
        ViewerTraces.of(running.stores, viewer).places.forEach { (place, days) -> add("in $place: ${days.joinToString()}") }
        if (running.stores.viewers.viewerDocuments.has(
                viewer,
            ).toCompletableFuture().get()
        ) {
            add("in what MongoDB keeps of viewers over all days")
        }
        if (running.stores.authorizations.has(viewer)) add("among the accounts that have authorized us")
        running.node?.let { profile(it) }?.days?.forEach { (day, streamers) ->
            add("in the running partition, $day: ${streamers.entries.joinToString { "${it.key} in slots ${it.value}" }}")
        }
    }

    private fun files(): List<String> = buildList {
        val samples = SampleFileTraces.of(data.resolve("samples"), viewer)
        if (samples.isNotEmpty()) add("in ${samples.size} sample files, the first is ${samples.first()}")
        val folder = ArchiveFolder(data.resolve("archive"))
        val runs = RunsLeftOut(folder).naming(viewer)
        if (runs.isNotEmpty()) add("in the runs of archived days: ${runs.joinToString()}")
        val archived = folder.days().filter { day -> folder.archive(day).let { it.exists() && names(it) } }
        if (archived.isNotEmpty()) add("in archives: ${archived.joinToString()}")
        others().filter { search.isIn(it) }.forEach { add("in $it") }
    }

    /** Whether a sample file in [archive] names the viewer; one that cannot be unpacked may do so. */
    private fun names(archive: Path): Boolean = try {
        SampleArchive.open(archive).use { opened -> opened.files.files.any { SampleFileTraces.lists(it.path, viewer) } }
    } catch (_: BadInput) {
        true
    }

    /** Files that are neither samples nor archives; of services only the embedded document store's, for it keeps what was removed. */
    private fun others(): List<Path> = Files.walk(data).use { all -> all.filter { it.isRegularFile() }.sorted().toList() }
        .filter { file -> data.relativize(file).let { it.first().name !in ELSEWHERE } }

    /** What the partition knows now. */
    private fun profile(node: PipelineNode): ViewerPartition.Profile {
        var profile: ViewerPartition.Profile? = null
        patience.until("the viewer's partition to answer") {
            profile = try {
                node.profileOf(viewer).toCompletableFuture().get()
            } catch (_: ExecutionException) {
                null
            }
            profile != null
        }
        return checkNotNull(profile)
    }

    private companion object {
        /** Looked at in another way, or told of by its date. */
        val ELSEWHERE = setOf("samples", "archive", "kafka", "mariadb")
    }
}
