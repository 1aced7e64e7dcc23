package twitchactors.dashboard

/**
 * A column of a table.
 *
 * @param key its name in JSON and CSV
 * @param title as people read it, with the unit where there is one
 */
class Column(val key: String, val title: String, val kind: Kind) {
    /** What the values are; a null is always allowed and means: not known. */
    enum class Kind(val isNumber: Boolean) {
        TEXT(false),

        /** A whole number. */
        COUNT(true),

        /** A number with one decimal. */
        DECIMAL(true),

        /** A share from 0 to 1, shown in percent. */
        SHARE(true),

        /** A number of hours. */
        HOURS(true),

        /** A number of seconds, shown as a time that somebody waits. */
        SECONDS(true),

        /** A number of bytes. */
        BYTES(true),

        /** An Instant, shown in the period's zone. */
        MOMENT(false),

        /** A LocalDate. */
        DATE(false),
    }

    companion object {
        fun text(key: String, title: String) = Column(key, title, Kind.TEXT)

        fun count(key: String, title: String) = Column(key, title, Kind.COUNT)

        fun decimal(key: String, title: String) = Column(key, title, Kind.DECIMAL)

        fun share(key: String, title: String) = Column(key, title, Kind.SHARE)

        fun hours(key: String, title: String) = Column(key, title, Kind.HOURS)

        fun seconds(key: String, title: String) = Column(key, title, Kind.SECONDS)

        fun bytes(key: String, title: String) = Column(key, title, Kind.BYTES)

        fun moment(key: String, title: String) = Column(key, title, Kind.MOMENT)

        fun date(key: String, title: String) = Column(key, title, Kind.DATE)
    }
}
