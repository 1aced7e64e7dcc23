package twitchactors.ops

import org.slf4j.LoggerFactory
import twitchactors.domain.BadInput
import twitchactors.pbm.AskedCommand
import twitchactors.pbm.CommandReader
import twitchactors.pbm.Outcome
import twitchactors.pbm.Palette
import twitchactors.pbm.WrongCommand
import twitchactors.services.ServiceUnavailable
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit

/**
 * Where the commands of a node are done. Every one that is understood is written into the audit, before it is done and with how it ended.
 *
 * @param audit told of each command twice
 */
class OpsDesk(private val palettes: List<OpsPalette>, private val audit: (Audited) -> Unit) {
    /**
     * A command, for the audit.
     *
     * @param who asked, by their own words
     * @param outcome null: it begins
     */
    class Audited(val who: String, val command: AskedCommand, val outcome: Outcome?)

    /** Reads without asking anybody for what may be offered or taken just now. */
    private val reader = CommandReader(palettes.map { it.described(OpsCommand::about) })

    /**
     * What can be asked.
     *
     * @param offering with the values that arguments may have just now. Those that are not known within a second, as while somebody who
     * knows them does not answer, are left out
     */
    fun palettes(offering: Boolean): List<Palette> {
        if (!offering) return palettes.map { palette -> palette.described { it.described() } }
        val offered = palettes.flatMap { it.commands }.associateWith { it.askOffers() }
        val all = CompletableFuture.allOf(*offered.values.flatMap { it.values }.toTypedArray())
        all.completeOnTimeout(null, OFFERED_WITHIN_MS, TimeUnit.MILLISECONDS).handle { _, _ -> }.join()
        return palettes.map { palette -> palette.described { it.described(offered.getValue(it)) } }
    }

    /**
     * Does what [words] say, and tells [replies] what comes of it.
     *
     * @param yes whether the one who asks is sure, where a person is asked first
     */
    fun run(words: List<String>, yes: Boolean, who: String, replies: Replies): Outcome {
        val asked = try {
            reader.read(words)
        } catch (wrong: WrongCommand) {
            replies.news(wrong.message.orEmpty())
            return Outcome.BAD_INPUT
        }
        if (asked.command.question != null && !yes) {
            replies.news("${asked.name} is only done when it is asked for with --yes")
            return Outcome.BAD_INPUT
        }
        return audited(asked, who, replies)
    }

    private fun audited(asked: AskedCommand, who: String, replies: Replies): Outcome {
        note(Audited(who, asked, null))?.let { failure ->
            // What looks at the node must work when the database does not, to find out why; what changes something must not go unnoticed.
            if (asked.command.question != null) {
                replies.news("nothing was done, for the audit cannot be written: $failure")
                return Outcome.NO_SERVICE
            }
            replies.news("the audit cannot be written: $failure")
        }
        val outcome = guarded(asked, replies)
        note(Audited(who, asked, outcome))
        return outcome
    }

    private fun guarded(asked: AskedCommand, replies: Replies): Outcome = try {
        val work = palettes.first { it.name == asked.palette.name }.commands.first { it.about.name == asked.command.name }
        val answer = work.answer(asked, replies)
        replies.next(answer)
        answer.outcome
    } catch (failure: Exception) {
        refused(asked, failure, replies)
    }

    private fun refused(asked: AskedCommand, failure: Exception, replies: Replies): Outcome {
        val cause = if (failure is ExecutionException) failure.cause ?: failure else failure
        val outcome = when (cause) {
            is BadInput -> Outcome.BAD_INPUT
            is ServiceUnavailable -> Outcome.NO_SERVICE
            else -> Outcome.FAILED_MIDWAY
        }
        // The words of a failure may name a viewer, and a log is no place for that.
        if (outcome == Outcome.FAILED_MIDWAY) log.warn("{} failed: {}", asked.name, cause.javaClass.name)
        replies.news((cause.message ?: cause.toString()).lineSequence().first())
        return outcome
    }

    /** Why it could not be noted; null when it was. */
    private fun note(audited: Audited): String? = try {
        audit(audited)
        null
    } catch (failure: Exception) {
        (failure.message ?: failure.toString()).lineSequence().first()
    }

    private companion object {
        const val OFFERED_WITHIN_MS = 1000L
        val log = LoggerFactory.getLogger(OpsDesk::class.java)
    }
}
