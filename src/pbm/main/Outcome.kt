package twitchactors.pbm

/** How a command ended, by the exit codes of docs/contract.md. */
enum class Outcome(val code: Int) {
    DONE(0),

    /** Done, but something is wrong with the data. */
    DATA_WRONG(1),

    /** Bad use or bad input: nothing was changed. */
    BAD_INPUT(2),

    /** The node, or a service that it needs, does not answer. */
    NO_SERVICE(3),

    /** The time given by `--timeout` ran out. */
    TIMED_OUT(4),

    /** Failed midway; safe to run again. */
    FAILED_MIDWAY(5),

    /** Ended by Ctrl-C. */
    INTERRUPTED(130),
    ;

    companion object {
        fun of(code: Int): Outcome = entries.find { it.code == code } ?: FAILED_MIDWAY
    }
}
