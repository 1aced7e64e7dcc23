package twitchactors.domain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads eight bytes of an array as one number, most significant byte first, so that comparing words as unsigned numbers
 * compares the bytes. Java, because Kotlin compiles {@code VarHandle.get} to a call that boxes its result.
 */
public final class Words {
    private static final VarHandle BIG_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Words() {}

    /** The word at {@code bytes[at, at + 8)}; the array must hold all eight. */
    public static long get(byte[] bytes, int at) {
        return (long) BIG_ENDIAN.get(bytes, at);
    }

    /** Writes {@code word} to {@code bytes[at, at + 8)}. */
    public static void set(byte[] bytes, int at, long word) {
        BIG_ENDIAN.set(bytes, at, word);
    }
}
