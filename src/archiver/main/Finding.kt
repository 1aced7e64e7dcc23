package twitchactors.archiver

/**
 * Something that is not as it should be.
 *
 * @param thing what it is about: a file, a partition's viewer-days, a status; never a viewer
 * @param wrong what is wrong with it
 * @param remedy what to do
 * @param viewers some of the viewers concerned, for the operator's eyes; not to be logged
 */
data class Finding(val thing: String, val wrong: String, val remedy: String, val viewers: List<String> = emptyList()) {
    /** One line without viewers. */
    override fun toString() = "$thing: $wrong; $remedy"
}
