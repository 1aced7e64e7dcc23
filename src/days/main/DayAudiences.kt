package twitchactors.days

import twitchactors.audience.AudienceFold
import twitchactors.audience.Broadcast
import twitchactors.audience.DayAudience
import twitchactors.audience.KnownBots
import twitchactors.domain.Day
import twitchactors.domain.OpenDayForm
import twitchactors.store.Audiences
import twitchactors.store.SampleHeads
import twitchactors.store.Seals
import java.security.MessageDigest

/**
 * Keeps what is published of the audience of days. It is a function of the seals and of what samples say besides the logins: replaced as a
 * whole, never added to. Blocks its caller.
 */
class DayAudiences(
    private val seals: Seals,
    private val heads: SampleHeads,
    private val audiences: Audiences,
    private val bots: KnownBots = KnownBots.shipped,
) {
    /**
     * Brings up to date what is published of [day], sealed as [revision] with [content], unless it follows already from the same.
     *
     * @param known what is published follows from, as this function has returned it; null: nothing is known to be published
     * @return what it follows from now; null when the day is sealed anew meanwhile
     */
    fun bring(day: Day, revision: Int, content: DayContent, known: String?): String? {
        val said = heads.of(day)
        val follows = follows(revision, content, said.digest)
        if (follows == known) return known
        val audience = audience(day, content, said) ?: return null
        val isThere = audiences.write(audience, revision, follows).toCompletableFuture().get()
        return if (isThere) follows else null
    }

    /** One partition's part after the other, each let go before the next. */
    private fun audience(day: Day, content: DayContent, said: SampleHeads.OfDay): DayAudience? {
        val fold = AudienceFold(day, said.samples.mapValues { Broadcast(it.value) }, bots)
        for (partition in content.partitions.indices) fold.take(OpenDayForm.cursor(seals.form(day, partition) ?: return null))
        // What was read belongs together only if it is still what is sealed.
        val sealed = seals.of(day).map { DayContent.PartitionSeal(it.revision, it.digest) }
        return if (sealed == content.partitions) fold.result() else null
    }

    private fun follows(revision: Int, content: DayContent, heads: String): String {
        val text = "$FORMULAS $revision ${content.digest} $heads"
        return MessageDigest.getInstance("SHA-256").digest(text.toByteArray()).joinToString("") { "%02x".format(it) }
    }

    private companion object {
        /** Another number makes every day that is looked at be counted anew: for formulas, lists of bots or fields that have changed. */
        const val FORMULAS = 2
    }
}
