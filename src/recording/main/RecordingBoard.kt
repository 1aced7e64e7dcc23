package twitchactors.recording

import java.util.concurrent.atomic.LongAdder

/** What the recorder of this JVM says of itself, for pages and metrics. All stays as it is where it lives on another node. */
class RecordingBoard {
    /** Records of `samples` that were read, since this JVM started. */
    val records = LongAdder()

    /** Records that cannot be understood; the splitter keeps them as dead letters. */
    val unreadable = LongAdder()

    /** Files that were written, some of them again. */
    val filesWritten = LongAdder()

    /** Bytes of samples that wait for their files, about. */
    @Volatile
    var bytesWaiting = 0L
        internal set

    /** What keeps it from going on, in words; null when all is well. */
    @Volatile
    var trouble: String? = null
        internal set
}
