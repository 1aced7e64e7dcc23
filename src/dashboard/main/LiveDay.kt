package twitchactors.dashboard

import twitchactors.audience.LiveSample
import twitchactors.domain.Login
import twitchactors.domain.Slot
import java.time.LocalDate

/** The samples of a streamer on a day, in the form in which streams are told by them. */
internal object LiveDay {
    fun of(question: Question, streamer: Login, day: LocalDate): List<LiveSample> =
        question.reads.tracked.samples(streamer, listOf(day)).map {
            LiveSample(
                slot = Slot.at(it.at.epochSecond).index,
                liveViewers = it.viewers,
                // How many there were is said exactly by those that say who was there.
                hasChatters = it.chatters != null,
                isComplete = it.isComplete,
                title = it.title,
                game = it.category,
                streamId = it.streamId,
                language = it.language,
                chatters = it.chatters,
            )
        }
}
