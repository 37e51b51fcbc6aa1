package io.pickaroon.config;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What a settings file leaves to the machine that reads it. Asked only when needed. */
record Machine(Supplier<String> hostName, IntSupplier processorCount) {
    /** The kernel's host name, without a look-up in the network. See proc(5). */
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private static final int MAX_NAME_LENGTH = 100;

    static Machine local() {
        return new Machine(Machine::localHostName, () -> Runtime.getRuntime().availableProcessors());
    }

    /** The host's name in the letters that an instance's name may have. */
    String name() {
        String name = hostName.get().strip().replaceAll("[^A-Za-z0-9._-]", "-");
        return name.isEmpty() ? "localhost" : name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
    }

    int processors() {
        return processorCount.getAsInt();
    }

    private static String localHostName() {
        try {
            return Files.isReadable(HOST_NAME)
                    ? Files.readString(HOST_NAME)
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException _) {
            return "localhost";
        }
    }
}
