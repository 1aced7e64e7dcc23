package twitchactors.archive

import twitchactors.domain.Day
import twitchactors.domain.Slot

/** What the name of a sample file says: `<unix seconds>.json`. Files with other names are not sample files. */
data class SampleFileName(val name: String, val day: Day?, val slot: Slot) {
    companion object {
        private val SHAPE = Regex("""(\d+)\.json""")

        /** Null when [name] is not that of a sample file. A time after year 9999 has no [day]. */
        fun parse(name: String): SampleFileName? {
            val digits = SHAPE.matchEntire(name)?.groupValues?.get(1) ?: return null
            val seconds = digits.toLongOrNull() ?: Long.MAX_VALUE
            return SampleFileName(name, Day.at(seconds), Slot.at(seconds))
        }
    }
}
