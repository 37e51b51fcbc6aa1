package io.pickaroon.processor.directio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A path as the bytes that the kernel sees.
 *
 * <p>A name on Linux is any bytes but NUL and '/'. Java keeps them inside a {@link Path}, but {@link Path#toString}
 * decodes them and loses what the locale cannot express. {@link Path#toUri} does not, so that is the way taken for
 * every name that is not plain: the bytes come out, and go back in, in every locale. As text, paths are {@link
 * ByteText}.
 */
public final class NativePath {
    private static final boolean UTF_8_NAMES = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    private static final char REPLACEMENT = '\ufffd';
    private static final Path ROOT = Path.of("/");

    private NativePath() {}

    /** The path of a text, such as {@link ByteText#decode} makes. */
    public static Path of(String text) {
        return text.isEmpty() ? Path.of("") : of(ByteText.encode(text));
    }

    /** The path as text, with nothing lost. */
    public static String text(Path path) {
        return ByteText.decode(bytes(path));
    }

    /** The path for people: see {@link ByteText#printable}. */
    public static String printable(Path path) {
        return ByteText.printable(text(path));
    }

    /** The path for consumers of records and other programs: see {@link ByteText#escaped}. */
    public static String escaped(Path path) {
        return ByteText.escaped(text(path));
    }

    /**
     * The working directory of the process.
     *
     * @throws UncheckedIOException if it was deleted or cannot be reached
     */
    public static Path workingDirectory() {
        Path directory = Path.of("").toAbsolutePath();
        if (isPlain(directory.toString())) {
            return directory;
        }
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/cwd"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if Java keeps all of this text when it turns a path into it, or it into a path. */
    private static boolean isPlain(String text) {
        return text.indexOf(REPLACEMENT) < 0 && (UTF_8_NAMES || text.chars().allMatch(c -> c < 0x80));
    }

    /** The bytes of the path, without a terminator. */
    public static byte[] bytes(Path path) {
        String text = path.toString();
        if (isPlain(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] absolute = decodePercent(ROOT.resolve(path).toUri().getRawPath());
        return path.isAbsolute() ? absolute : Arrays.copyOfRange(absolute, 1, absolute.length);
    }

    /**
     * The path that has these bytes.
     *
     * @throws IllegalArgumentException if the bytes cannot be a path
     */
    public static Path of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a path has no bytes");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (isPlain(text)) {
            return Path.of(text);
        }
        if (bytes[0] != '/') {
            byte[] rooted = new byte[bytes.length + 1];
            rooted[0] = '/';
            System.arraycopy(bytes, 0, rooted, 1, bytes.length);
            Path absolute = of(rooted);
            return absolute.subpath(0, absolute.getNameCount());
        }
        StringBuilder uri = new StringBuilder("file://");
        HexFormat hex = HexFormat.of();
        for (byte b : bytes) {
            if (b == '/') {
                uri.append('/');
            } else {
                uri.append('%').append(hex.toHexDigits(b));
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    /**
     * The path that has just these bytes and begins at the root, as every path that is kept in a file does.
     *
     * @throws IllegalArgumentException if the bytes cannot be such a path
     */
    public static Path absolute(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != '/') {
            throw new IllegalArgumentException("a path that does not begin at the root");
        }
        Path path = of(bytes);
        if (!Arrays.equals(bytes(path), bytes)) {
            throw new IllegalArgumentException("a path with a slash too many: " + path);
        }
        return path;
    }

    /** The path of a name in a directory, which is absolute. */
    public static Path resolve(Path directory, byte[] name) {
        byte[] parent = bytes(directory);
        byte[] child = Arrays.copyOf(parent, parent.length + 1 + name.length);
        child[parent.length] = '/';
        System.arraycopy(name, 0, child, parent.length + 1, name.length);
        return of(child);
    }

    static byte[] withTerminator(Path path) {
        byte[] bytes = bytes(path);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    private static byte[] decodePercent(String raw) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes[length++] = (byte) HexFormat.fromHexDigits(raw, i + 1, i + 3);
                i += 2;
            } else {
                bytes[length++] = (byte) raw.charAt(i);
            }
        }
        // toUri() marks a directory with a slash at the end, which would follow a link.
        boolean directory = length > 1 && bytes[length - 1] == '/';
        return Arrays.copyOf(bytes, directory ? length - 1 : length);
    }
}
