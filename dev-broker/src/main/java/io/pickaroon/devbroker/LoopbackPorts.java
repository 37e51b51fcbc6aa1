package io.pickaroon.devbroker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two ports of a broker on 127.0.0.1, both free at the same moment. Immutable.
 *
 * <p>A free port is taken from below the range that the kernel uses for outgoing connections (ip(7),
 * {@code ip_local_port_range}). With a port of that range, a client that retries while its broker is down can get the
 * broker's port as its own, connect to itself, and block the broker from its port for good.
 *
 * @param broker port for clients
 * @param controller port of the KRaft controller
 */
record LoopbackPorts(int broker, int controller) {
    static final String HOST = "127.0.0.1";

    private static final int LOWEST = 10_000;
    private static final int TRIES = 1_000;
    private static final Path KERNEL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final Pattern FILE = Pattern.compile("broker=(\\d{1,5})\ncontroller=(\\d{1,5})\n");

    /**
     * Takes the wanted port, or the port of the last run if that is free, or any free one; then writes both to the
     * file.
     *
     * @param wanted port for clients, 0 for any
     * @param file where the ports of the last run are kept
     * @throws RefusedException if the wanted port is in use
     */
    static LoopbackPorts take(int wanted, Path file, RandomGenerator random) throws IOException, RefusedException {
        Optional<LoopbackPorts> last = read(file);
        int below = lowestOutgoingPort();
        try (ServerSocket broker = wanted == 0
                        ? listenOnOrAny(last.map(LoopbackPorts::broker), below, random)
                        : listenOnWanted(wanted);
                ServerSocket controller = listenOnOrAny(last.map(LoopbackPorts::controller), below, random)) {
            LoopbackPorts ports = new LoopbackPorts(broker.getLocalPort(), controller.getLocalPort());
            Files.writeString(file, "broker=" + ports.broker + "\ncontroller=" + ports.controller + "\n");
            return ports;
        }
    }

    private static Optional<LoopbackPorts> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Matcher matcher = FILE.matcher(Files.readString(file));
        return matcher.matches()
                ? Optional.of(new LoopbackPorts(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    private static ServerSocket listenOnWanted(int port) throws RefusedException {
        try {
            return listen(port);
        } catch (IOException e) {
            throw new RefusedException(
                    "cannot listen on " + HOST + ":" + port + " (" + e.getMessage()
                            + "); stop what uses it, give another --port N, or --port 0 for a free one",
                    e);
        }
    }

    private static ServerSocket listenOnOrAny(Optional<Integer> port, int below, RandomGenerator random)
            throws IOException {
        if (port.isPresent() && port.get() > 0 && port.get() < 65536) {
            try {
                return listen(port.get());
            } catch (IOException _) {
                // another process uses it now: take any other
            }
        }
        for (int i = 0; i < TRIES; i++) {
            try {
                return listen(random.nextInt(LOWEST, below));
            } catch (IOException _) {
                // taken: try the next
            }
        }
        return listen(0);
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static int lowestOutgoingPort() throws IOException {
        int lowest = 32_768;
        if (Files.isReadable(KERNEL_RANGE)) {
            lowest = Integer.parseInt(Files.readString(KERNEL_RANGE).strip().split("\\s+")[0]);
        }
        return lowest > LOWEST ? lowest : 32_768;
    }
}
