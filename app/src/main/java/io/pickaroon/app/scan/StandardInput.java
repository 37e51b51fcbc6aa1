package io.pickaroon.app.scan;

import java.nio.file.Path;
import java.util.Set;

/** Standard input, where a file is named. */
final class StandardInput {
    /** What it is called in output and messages. */
    static final Path NAME = Path.of("(standard input)");

    private static final String ARGUMENT = "-";
    private static final Set<String> DEVICES = Set.of("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    private StandardInput() {}

    static boolean isMeantBy(Path argument) {
        return argument.toString().equals(ARGUMENT);
    }

    /** True if a file of the kernel stands for it. Opening that fails where it is a socket, and works where it is closed. */
    static boolean isDevice(Path file) {
        return DEVICES.contains(file.toString());
    }

    static Path argument() {
        return Path.of(ARGUMENT);
    }
}
