package twitchactors.web

/** Each kind of number on the live page, and how it is computed. */
enum class Figure(val title: String, val how: String) {
    SAMPLES(
        "Samples",
        "Records written to the Kafka topic samples since this system started. One sample is what is known of one streamer in one " +
            "5-minute slot. Per second: growth over the last 10 seconds.",
    ),
    SIGHTINGS_APPLIED(
        "Sightings applied",
        "Names folded into viewer-days since this system started; a name that comes twice is applied twice here and counts once in " +
            "the day. Per second: growth over the last 10 seconds.",
    ),
    LAG_SAMPLES("Samples waiting", "Records of samples that the splitter has not read: end of the topic minus its position."),
    LAG_SIGHTINGS(
        "Sightings waiting",
        "Records of sightings that partitions have not read: end of the topic minus their positions, summed.",
    ),
    DAY_VIEWERS(
        "Viewers",
        "Distinct accounts seen in any tracked chat on that UTC day. Each belongs to exactly one partition, so the sum is exact.",
    ),
    DAY_PAIRS("Pairs", "Distinct (viewer, streamer) of the day: in how many chats each viewer was seen, summed."),
    DAY_SIGHTINGS("Sightings", "Distinct (viewer, streamer, 5-minute slot) of the day. Repeats count once."),
    DAY_STATE(
        "State",
        "Open: more may come. Sealed: every partition has fixed the same revision; late samples that change something make the next one.",
    ),
    DAY_COVERAGE(
        "Coverage",
        "5-minute slots with at least one sample, of the 288 of a day; and partitions wholly published to the viewer database.",
    ),
    DAY_DIGEST(
        "Digest",
        "SHA-256 over the day's sorted triples viewer, streamer, slot. Equal digests mean equal days. The first 12 digits are shown.",
    ),
    PARTITION_VIEWERS("Viewers", "Distinct viewers in this partition's memory, over its open days (a viewer of two days counts in both)."),
    PARTITION_LAG("Waiting", "Records of sightings this partition has not read: end of its Kafka partition minus its position."),
    PARTITION_MEMORY("Memory", "Bytes of this partition's days: names, streamers and runs of slots."),
    PARTITION_CHECKPOINT(
        "Checkpoint",
        "Age of the last checkpoint. After a crash the partition goes on from there and reads again what came after.",
    ),
    SERVICES("Services", "Whether each service answered its last check."),
    DAY_LIFE(
        "Life",
        "When the first partition took the day in, when all partitions were through with the last feed of it, and when the last " +
            "partition sealed it: times of the database, not of the day itself.",
    ),
    LEFT_OUT(
        "Left out",
        "Since this process started. Dead letters: records that could not be understood, kept with the reason in the topic " +
            "dead-letters. Broken polls: samples of which parts never came. Refused writes: of partitions that " +
            "another process had taken over.",
    ),
    MEMORY("Memory", "Heap used and allowed, as the Java runtime reports them; resident: memory of the process as the system sees it."),
    TOP_VIEWERS(
        "Viewers seen in chat",
        "Distinct accounts seen in this streamer's chat on that day. Presence in chat is no proof of watching.",
    ),
    TOP_HOURS("Hours in chat", "Over all viewers of the streamer: 5-minute slots in which each was seen in chat, times 5 minutes."),
    ;

    /** As it is named in JSON and in the page. */
    val word: String = name.lowercase()
}
