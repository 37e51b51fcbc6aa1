package io.pickaroon.processor.directio;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has this process run another program, as {@code execv(3)} does. Process id, working directory, environment and standard
 * descriptors stay; all threads end at once.
 */
public final class Exec {
    private static final int F_SETFD = 2;
    private static final long FD_CLOEXEC = 1;

    private Exec() {}

    /**
     * Does not return.
     *
     * @param arguments those after the name of the program, as bytes without NUL
     * @param variables added to the environment
     * @param keptDescriptors stay open, like 0, 1 and 2; all others are closed
     * @throws IOException if the program cannot be run; the descriptors are open as before
     * @throws LinkageError if native code cannot be loaded
     */
    public static void run(
            Path program, List<byte[]> arguments, Map<String, String> variables, Set<Integer> keptDescriptors)
            throws IOException {
        byte[] name = NativePath.withTerminator(program);
        Memory[] texts = new Memory[arguments.size() + 1];
        try (Memory pointers = new Memory((long) Symbols.POINTER_BYTES * (texts.length + 1))) {
            for (int i = 0; i < texts.length; i++) {
                byte[] text = i == 0 ? name : terminated(arguments.get(i - 1));
                texts[i] = new Memory(text.length);
                texts[i].write(0, text, 0, text.length);
                pointers.setPointer((long) Symbols.POINTER_BYTES * i, texts[i]);
            }
            pointers.setPointer((long) Symbols.POINTER_BYTES * texts.length, Pointer.NULL);
            variables.forEach((variable, value) ->
                    Symbols.setenv(terminated(ByteText.encode(variable)), terminated(ByteText.encode(value)), 1));
            closeAtExec(keptDescriptors);
            Symbols.execv(name, pointers);
            SystemCallException.check(-Native.getLastError(), "execv", program);
        }
    }

    private static void closeAtExec(Set<Integer> kept) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path path : descriptors) {
                int descriptor = Integer.parseInt(path.getFileName().toString());
                if (descriptor > 2 && !kept.contains(descriptor)) {
                    Symbols.fcntl(descriptor, F_SETFD, FD_CLOEXEC);
                }
            }
        }
    }

    private static byte[] terminated(byte[] text) {
        return Arrays.copyOf(text, text.length + 1);
    }

    /** The functions under their C names. */
    private static final class Symbols {
        static final int POINTER_BYTES = register();

        /** As everywhere, JNA is entered through its NativeLibrary: another thread may be loading it at that time. */
        private static int register() {
            Native.register(Symbols.class, NativeLibrary.getProcess());
            return Native.POINTER_SIZE;
        }

        static native int execv(byte[] path, Pointer arguments);

        static native int setenv(byte[] name, byte[] value, int overwrite);

        static native int fcntl(int fd, int command, long argument);
    }
}
