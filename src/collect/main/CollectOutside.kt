package twitchactors.collect

import twitchactors.domain.LoginFilter
import twitchactors.services.KafkaEndpoint
import twitchactors.sources.ChatterLists
import twitchactors.sources.TwitchApi
import twitchactors.topics.TopicNames
import twitchactors.topics.TopicSettings

/**
 * What collecting needs from outside.
 *
 * @param keptOut who may be known, as of now; asked once per sample
 * @param topic what is fed; it is there, with the partitions that [topics] say
 */
class CollectOutside(
    val api: TwitchApi,
    val chatters: ChatterLists,
    val kafka: KafkaEndpoint,
    val topics: TopicSettings,
    val keptOut: () -> LoginFilter = { LoginFilter.All },
    val topic: String = TopicNames.SAMPLES,
)
