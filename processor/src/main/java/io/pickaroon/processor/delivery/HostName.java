package io.pickaroon.processor.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The host's name, in letters that an instance's name may have. */
public final class HostName {
    /** The kernel's host name, without a look-up in the network. See proc(5). */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private static final int MAX_LENGTH = 100;

    private HostName() {}

    /** The name of this host; {@code localhost} if it has none. */
    public static String local() {
        try {
            return of(
                    Files.isReadable(KERNEL)
                            ? Files.readString(KERNEL)
                            : InetAddress.getLocalHost().getHostName());
        } catch (IOException _) {
            return of("");
        }
    }

    static String of(String hostName) {
        String name = hostName.strip().replaceAll("[^A-Za-z0-9._-]", "-");
        return name.isEmpty() ? "localhost" : name.substring(0, Math.min(name.length(), MAX_LENGTH));
    }
}
