package twitchactors.web

/**
 * All numbers of the live page at one moment. Null means not known, which the page says; it is never shown as zero.
 *
 * @param simulated any of the data is made up: the page wears a banner
 * @param samplesFed records written to `samples` since the start of what counts them; only grows, but for a restart
 * @param namesApplied names folded into viewer-days, repeats included; only grows, but for a restart
 * @param days open and recent days, in any order
 * @param lagSamples records of `samples` that the splitter has not read yet
 * @param lagSightings records of `sightings` that the partitions have not read yet
 * @param services by name: kafka, mongo, mariadb, cluster
 * @param residentBytes memory of the process as the system sees it
 * @param top of the last sealed day
 * @param leftOut what did not get into any day; null when nobody counts it
 * @param sources where a figure comes from, when there is more to say than [Figure.how]; one sentence each
 */
data class LiveView(
    val simulated: Boolean,
    val samplesFed: Long,
    val namesApplied: Long,
    val days: List<DayRow>,
    val partitions: List<PartitionRow>,
    val lagSamples: Long?,
    val lagSightings: Long?,
    val services: Map<String, ServiceHealth>,
    val heapUsed: Long,
    val heapMax: Long,
    val residentBytes: Long?,
    val top: TopStreamers?,
    val sources: Map<Figure, String> = emptyMap(),
    val leftOut: LeftOut? = null,
) {
    /** The latest day that is not sealed; null when there is none. */
    val open: DayRow? get() = days.filter { !it.sealed }.maxByOrNull { it.day }
}
