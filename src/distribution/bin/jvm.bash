# shellcheck shell=bash
# How much memory and which compilers each command gets. Read by the launchers.

# jvm_flags COMMAND ARGUMENT..: sets the array flags.
jvm_flags() {
    flags=()
    case ${1:-} in
        # The whole pipeline in one process. The bound on the heap is what the machine gets to feel: for a day of a million viewers
        # it is ample; TWITCHACTORS_JAVA_OPTS=-Xmx2g gives more. Fewer arenas of malloc, each of which keeps what was freed in it. What a
        # thread reads from a file at once, or writes, goes through a buffer outside of the heap that the thread would keep for ever: the
        # document store moves pieces of 20 MB and more, and closes for good when there is no room for one.
        demo | run | node | replay | archive | restore | verify)
            flags=(-XX:+UseSerialGC -Xmn96m -Xmx576m -XX:MaxDirectMemorySize=128m -Djdk.nio.maxCachedBufferSize=1048576 -XX:+ExitOnOutOfMemoryError)
            flags+=("-XX:OnOutOfMemoryError=echo 'twitchactors: the heap is full, start again with TWITCHACTORS_JAVA_OPTS=-Xmx2g or more' >&2")
            export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
            ;;
        # A small young generation, for nothing is allocated per name. The digest that --json asks for is the one thing that is
        # worth the second compiler: it knows the processor's SHA instructions.
        restructure)
            flags=(-XX:+UseSerialGC -Xmn16m)
            case " $* " in *' --json '*) ;; *) flags+=(-XX:TieredStopAtLevel=1) ;; esac
            ;;
        # Short: over before the second compiler has paid for itself, and in little memory.
        *) flags=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1) ;;
    esac
}
