package twitchactors.audience

/**
 * What makes a viewer of a day look like a program rather than a person.
 *
 * @param isListed is on a list of known bots
 * @param atOnce the most chats in which the viewer was seen in one slot
 * @param slots in how many slots the viewer was seen anywhere
 */
data class BotSigns(val isListed: Boolean, val atOnce: Int, val slots: Int) {
    /** Why, and how many points that gives. */
    enum class Reason(val points: Int) {
        /** On a list of known bots, services and lurkers. */
        LISTED(100),

        /** In [MANY] chats or more at once; nobody reads that many. */
        MANY_CHANNELS(60),

        /** In [SEVERAL] chats or more at once, as one may have open. */
        SEVERAL_CHANNELS(30),

        /** In [AROUND_THE_CLOCK] slots, 22 hours, or more: a browser may be left open for so long, but is a sign with others. */
        AROUND_THE_CLOCK(40),
    }

    val reasons: Set<Reason>
        get() = buildSet {
            if (isListed) add(Reason.LISTED)
            if (atOnce >= MANY) {
                add(Reason.MANY_CHANNELS)
            } else if (atOnce >= SEVERAL) {
                add(Reason.SEVERAL_CHANNELS)
            }
            if (slots >= AROUND_THE_CLOCK) add(Reason.AROUND_THE_CLOCK)
        }

    /** 0 to 100: the points of all [reasons], at most 100. */
    val score: Int get() = minOf(MOST, reasons.sumOf { it.points })

    /** Whether figures "without bots" leave the viewer out. */
    val isBot: Boolean get() = score >= BOT

    companion object {
        const val MANY = 10
        const val SEVERAL = 5
        const val AROUND_THE_CLOCK = 264

        /** From this score on a viewer counts as a bot. */
        const val BOT = 60
        private const val MOST = 100
    }
}
