package io.pickaroon.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What subscriptions to records use of this process, as the JVM and the kernel know it. */
final class Footprint {
    private Footprint() {}

    /** Threads of subscriptions that are alive. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(log-follow|scan|checkpoint)-\\d+"))
                .toList();
    }

    /** Open descriptors of all kinds. */
    static long descriptors() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }
}
