package twitchactors.node

/** How a command ended, as docs/contract.md numbers it for scripts. */
enum class Exit(val code: Int) {
    DONE(0),

    /** Done, but something is wrong with the data: a rejected file, a finding. */
    DATA_WRONG(1),

    /** Bad use or bad input: nothing was changed. */
    BAD_INPUT(2),

    /** A needed service does not start or answer. */
    NO_SERVICE(3),

    /** The time given by `--timeout` ran out. */
    TIMED_OUT(4),

    /** Failed midway, for example on a full disk; safe to run again. */
    FAILED_MIDWAY(5),

    /** Ended by Ctrl-C. */
    INTERRUPTED(130),
}
