package io.pickaroon.processor.directio;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Sends messages to the manager that started this process, as {@code sd_notify(3)} does: datagrams to a Unix socket, which
 * Java has only as streams. Here rather than by running {@code systemd-notify}, whose messages come from another process
 * than the service's main one, and are refused by default. Thread-safe; keeps nothing open.
 */
public final class NotifySocket {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 02000000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int FAMILY_BYTES = 2;
    /** Of {@code sun_path} in {@code unix(7)}. */
    private static final int LONGEST_NAME_BYTES = 107;

    private final String name;

    /**
     * Nothing is sent yet.
     *
     * @param name the value of {@code NOTIFY_SOCKET}: an absolute path, or a name in the abstract namespace after an
     *     {@code @}
     * @throws IOException if it is neither
     */
    public NotifySocket(String name) throws IOException {
        if (!name.startsWith("/") && !name.startsWith("@")
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES) {
            throw new IOException("NOTIFY_SOCKET=" + name + ": neither an absolute path nor a name after an @");
        }
        this.name = name;
    }

    /**
     * Sends one message.
     *
     * @param message lines such as {@code READY=1}
     * @throws IOException if it could not be sent
     */
    public void send(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        byte[] address = address();
        int fd = check(Symbols.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0), "socket");
        try {
            check((int) Symbols.sendto(fd, bytes, bytes.length, MSG_NOSIGNAL, address, address.length), "sendto");
        } finally {
            Symbols.close(fd);
        }
    }

    private byte[] address() {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path[0] == '@') {
            path[0] = 0;
        }
        return ByteBuffer.allocate(FAMILY_BYTES + path.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(path)
                .array();
    }

    private int check(int result, String call) throws SystemCallException {
        return (int) SystemCallException.check(result == -1 ? -Native.getLastError() : result, call, Path.of(name));
    }

    private static final class Symbols {
        static {
            Native.register(Symbols.class, NativeLibrary.getProcess());
        }

        static native int socket(int domain, int type, int protocol);

        static native long sendto(
                int fd, byte[] message, long lengthBytes, int flags, byte[] address, int addressBytes);

        static native int close(int fd);
    }
}
