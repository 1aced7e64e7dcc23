package twitchactors.archive

import java.nio.file.Path

/** One recorded file: its place and what its name says. */
class SampleFile(val path: Path, val name: SampleFileName) {
    companion object {
        /** A larger file counts for nothing. */
        const val MAX_BYTES = 64L shl 20
    }
}
