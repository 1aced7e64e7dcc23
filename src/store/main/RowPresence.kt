package twitchactors.store

/** Whether a table has a row. */
enum class RowPresence {
    ABSENT,

    /** As it is. */
    SAME,

    /** Another one has its time and key. */
    OTHER,
}
