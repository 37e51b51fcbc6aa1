package io.pickaroon.devbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackPortsTest {
    private final Random random = new Random();

    @TempDir
    Path directory;

    @Test
    void aFreePortLiesBelowThoseOfOutgoingConnections() throws Exception {
        for (int i = 0; i < 100; i++) {
            LoopbackPorts ports = LoopbackPorts.take(0, directory.resolve("ports" + i), random);
            assertThat(ports.broker()).isBetween(10_000, 32_767).isNotEqualTo(ports.controller());
            assertThat(ports.controller()).isBetween(10_000, 32_767);
        }
    }

    @Test
    void comesBackToThePortsOfTheLastRun() throws Exception {
        Path file = directory.resolve("ports");
        LoopbackPorts first = LoopbackPorts.take(0, file, random);
        assertThat(LoopbackPorts.take(0, file, random)).isEqualTo(first);
    }

    @Test
    void takesOtherPortsWhenThoseOfTheLastRunAreInUse() throws Exception {
        Path file = directory.resolve("ports");
        LoopbackPorts first = LoopbackPorts.take(0, file, random);
        try (ServerSocket _ = listenOn(first.broker());
                ServerSocket _ = listenOn(first.controller())) {
            LoopbackPorts second = LoopbackPorts.take(0, file, random);
            assertThat(second.broker()).isNotEqualTo(first.broker());
            assertThat(second.controller()).isNotEqualTo(first.controller());
            assertThat(LoopbackPorts.take(0, file, random)).isEqualTo(second);
        }
    }

    @Test
    void refusesAWantedPortThatIsInUse() throws Exception {
        try (ServerSocket taken = listenOn(0)) {
            assertThatThrownBy(() -> LoopbackPorts.take(taken.getLocalPort(), directory.resolve("ports"), random))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("--port 0");
        }
    }

    @Test
    void aDamagedFileOfPortsIsReplaced() throws Exception {
        Path file = directory.resolve("ports");
        Files.writeString(file, "broker=999");
        LoopbackPorts ports = LoopbackPorts.take(0, file, random);
        assertThat(file).hasContent("broker=" + ports.broker() + "\ncontroller=" + ports.controller());
    }

    private static ServerSocket listenOn(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
    }
}
