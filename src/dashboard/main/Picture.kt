package twitchactors.dashboard

/** A picture that was fetched. [type] is one that browsers show as a picture and as nothing else. */
internal class Picture(val type: String, val bytes: ByteArray) {
    companion object {
        private const val JPEG = "image/jpeg"
        private const val PNG = "image/png"
        private const val WEBP = "image/webp"

        /** [bytes] when they are of the kind that [said] names, and begin as that kind does; else null. */
        fun of(said: String, bytes: ByteArray): Picture? {
            val type = said.substringBefore(';').trim().lowercase()
            val fits = when (type) {
                JPEG -> bytes.beginWith(0xff, 0xd8, 0xff)
                PNG -> bytes.beginWith(0x89, 'P'.code, 'N'.code, 'G'.code)
                WEBP -> bytes.beginWith('R'.code, 'I'.code, 'F'.code, 'F'.code)
                else -> false
            }
            return if (fits) Picture(type, bytes) else null
        }

        private fun ByteArray.beginWith(vararg first: Int) =
            size > first.size && first.indices.all { this[it].toInt() and 0xff == first[it] }
    }
}
