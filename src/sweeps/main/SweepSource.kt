package twitchactors.sweeps

/**
 * Who is asked for categories and their streams.
 *
 * @param word in the configuration
 */
enum class SweepSource(val word: String) {
    /** Twitch's API. */
    HELIX("helix"),

    /** The directory's pages, in a browser. */
    DIRECTORY("directory"),
}
