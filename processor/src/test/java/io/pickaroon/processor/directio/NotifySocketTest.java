package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class NotifySocketTest {
    @TempDir
    private Path directory;

    @Test
    void sendsToASocketInTheFileSystem() throws IOException {
        String name = directory.resolve("notify").toString();
        try (Receiver receiver = new Receiver(name)) {
            new NotifySocket(name).send("READY=1\nSTATUS=gr\u00fcn");

            assertThat(receiver.receive()).isEqualTo("READY=1\nSTATUS=gr\u00fcn");
        }
    }

    @Test
    void sendsToAnAbstractSocket() throws IOException {
        String name = "@pickaroon-test-" + ProcessHandle.current().pid();
        try (Receiver receiver = new Receiver(name)) {
            new NotifySocket(name).send("WATCHDOG=1");

            assertThat(receiver.receive()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void saysWhenNobodyListens() throws IOException {
        NotifySocket socket = new NotifySocket(directory.resolve("none").toString());

        assertThatThrownBy(() -> socket.send("READY=1"))
                .isInstanceOf(SystemCallException.class)
                .hasMessageContaining("sendto");
    }

    @Test
    void aNameThatIsNoAddressIsRefused() {
        assertThatThrownBy(() -> new NotifySocket("vsock:2:1234")).hasMessageContaining("NOTIFY_SOCKET=vsock:2:1234");
    }

    /** A bound datagram socket. */
    private static final class Receiver implements AutoCloseable {
        private final int fd;

        Receiver(String name) {
            byte[] path = name.getBytes(StandardCharsets.UTF_8);
            path[0] = path[0] == '@' ? 0 : path[0];
            byte[] address = ByteBuffer.allocate(2 + path.length)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) 1)
                    .put(path)
                    .array();
            fd = Symbols.socket(1, 2, 0);
            assertThat(Symbols.bind(fd, address, address.length)).isZero();
        }

        String receive() {
            byte[] buffer = new byte[1_000];
            int length = (int) Symbols.recv(fd, buffer, buffer.length, 0);
            return new String(Arrays.copyOf(buffer, length), StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            Symbols.close(fd);
        }
    }

    private static final class Symbols {
        static {
            Native.register(Symbols.class, NativeLibrary.getProcess());
        }

        static native int socket(int domain, int type, int protocol);

        static native int bind(int fd, byte[] address, int addressBytes);

        static native long recv(int fd, byte[] buffer, long lengthBytes, int flags);

        static native int close(int fd);
    }
}
