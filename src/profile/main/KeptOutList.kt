package twitchactors.profile

import java.util.concurrent.CompletionStage

/**
 * Where a [ViewerPartition] learns who is kept out. Every answer may fail; the partition asks again later.
 *
 * @param version the latest version that this node knows of, a second or so old at most; costs nothing
 * @param now the list as it is now
 * @param concerns whether a viewer of the partition was put on the list after version `after`, up to version `upTo`; when that
 *   cannot be told: true
 * @param applied notes that nothing of a partition knows anybody any more who is on the list of `version`, but for documents of
 *   sealed days that are not published yet
 */
class KeptOutList(
    val version: () -> Long,
    val now: () -> CompletionStage<KeptOut>,
    val concerns: (partition: Int, after: Long, upTo: Long) -> CompletionStage<Boolean>,
    val applied: (partition: Int, version: Long) -> CompletionStage<*>,
)
