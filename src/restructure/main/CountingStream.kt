package twitchactors.restructure

import java.io.FilterOutputStream
import java.io.OutputStream

/** Counts the bytes that pass. */
internal class CountingStream(out: OutputStream) : FilterOutputStream(out) {
    var count = 0L
        private set

    override fun write(byte: Int) {
        out.write(byte)
        count++
    }

    override fun write(bytes: ByteArray, from: Int, length: Int) {
        out.write(bytes, from, length)
        count += length
    }
}
