package io.pickaroon.processor.directio;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Path;

/** File descriptors by their numbers, which Java does not show. */
public final class Descriptors {
    private Descriptors() {}

    /**
     * Makes one descriptor lead to where another one leads, as {@code dup2(2)} does.
     *
     * @throws IOException if {@code from} is closed
     * @throws LinkageError if native code cannot be loaded
     */
    public static void duplicate(int from, int onto) throws IOException {
        long result = SystemCalls.uninterrupted(() -> {
            int answer = Symbols.dup2(from, onto);
            return answer == -1 ? -Native.getLastError() : answer;
        });
        SystemCallException.check(result, "dup2", Path.of("/proc/self/fd/" + from));
    }

    /** The function under its C name. */
    private static final class Symbols {
        static {
            Native.register(Symbols.class, NativeLibrary.getProcess());
        }

        static native int dup2(int from, int onto);
    }
}
