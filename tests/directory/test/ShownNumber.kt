package twitchactors.directorytests

/** Numbers of viewers as the directory's pages show them: whole below a thousand, else rounded down to tenths of thousands or millions. */
internal object ShownNumber {
    fun of(viewers: Long): Int {
        val step = if (viewers < 1_000) {
            1
        } else if (viewers < 1_000_000) {
            100
        } else {
            100_000
        }
        return (viewers / step * step).toInt()
    }
}
