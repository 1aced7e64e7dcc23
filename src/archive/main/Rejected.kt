package twitchactors.archive

/** A file that counted for nothing, and why. In the order of the files' times. */
data class Rejected(val file: String, val reason: String) : Comparable<Rejected> {
    override fun compareTo(other: Rejected): Int = compareValuesBy(this, other, { it.file.length }, { it.file }, { it.reason })
}
