package twitchactors.sources

import twitchactors.domain.Login
import java.util.concurrent.CompletionStage

/** What is asked of Twitch's API, whoever answers. Every failure is a [NoAnswer]; nothing turns one into an empty list. */
interface TwitchApi {
    /** Those of [streamers], of whom there may be any number, that are live; the others are offline or unknown. */
    fun liveStreams(streamers: Collection<Login>): CompletionStage<List<LiveStream>>

    /** The [count] live streams of [language] with the most viewers. */
    fun topStreams(language: String, count: Int): CompletionStage<StreamList>

    /** The [count] live streams of a category with the most viewers. */
    fun streamsOf(categoryId: String, count: Int): CompletionStage<StreamList>

    /** The [count] categories with the most viewers, most first. */
    fun topCategories(count: Int): CompletionStage<List<Category>>
}
