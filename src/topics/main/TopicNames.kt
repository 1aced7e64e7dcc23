package twitchactors.topics

/** The Kafka topics of docs/contract.md, and the header that all their Protobuf records carry. */
object TopicNames {
    const val SAMPLES = "samples"
    const val SIGHTINGS = "sightings"
    const val DEAD_LETTERS = "dead-letters"
    const val CATEGORIES = "twitch-categories"
    const val STREAMS = "streams"

    /** The header that says the version of a record's value. */
    const val VERSION_HEADER = "v"

    /** The version that is written and read. */
    const val VERSION = "1"
}
