package twitchactors.twitch

/**
 * The time in which limits and lives are counted: points a minute, joins in ten seconds, lives of tokens and device codes. The `Date`
 * header of every reply and `Ratelimit-Reset` are in this time, so that a client can compare the two whatever its own clock says.
 */
enum class LimitTime {
    /** At 60 times real time a client has 60 times as many points a second: a fast day is the same game as a slow one. */
    SIMULATED,

    /** For clients that keep to the limits by their own clock. */
    REAL,
}
