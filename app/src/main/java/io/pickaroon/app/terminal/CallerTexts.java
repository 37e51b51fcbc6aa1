package io.pickaroon.app.terminal;

import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.directio.ByteText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Arguments and environment variables as the bytes that the caller gave. The JVM decodes them, and loses what its locale
 * cannot express; the kernel still has them.
 */
public final class CallerTexts {
    private static final boolean UTF_8 = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    private static final byte[] MAIN_CLASS = "io.pickaroon.app.Main".getBytes(StandardCharsets.US_ASCII);
    private static final char REPLACEMENT = '\ufffd';

    private CallerTexts() {}

    /**
     * The arguments of the program, as {@link ByteText#decode} makes them.
     *
     * @param decoded the same as the JVM gives them
     */
    public static String[] arguments(String[] decoded) {
        if (Arrays.stream(decoded).noneMatch(CallerTexts::mayBeLossy)) {
            return decoded;
        }
        List<byte[]> all = read("/proc/self/cmdline");
        if (all.size() < decoded.length) {
            return decoded;
        }
        return all.subList(all.size() - decoded.length, all.size()).stream()
                .map(ByteText::decode)
                .toArray(String[]::new);
    }

    /**
     * All arguments of the program, as bytes without NUL.
     *
     * @throws IOException if the kernel does not tell them
     */
    public static List<byte[]> ofProgram() throws IOException {
        List<byte[]> all = texts(Files.readAllBytes(Path.of("/proc/self/cmdline")));
        for (int i = 0; i < all.size(); i++) {
            if (Arrays.equals(all.get(i), MAIN_CLASS)) {
                return all.subList(i + 1, all.size());
            }
        }
        throw new IOException("/proc/self/cmdline does not name the program");
    }

    /**
     * An environment variable, null if it is not set.
     *
     * @throws UserError if it is no UTF-8: no setting can have such a value
     */
    public static String variable(String name) {
        String decoded = System.getenv(name);
        if (decoded == null || !mayBeLossy(decoded)) {
            return decoded;
        }
        String prefix = name + "=";
        String value = read("/proc/self/environ").stream()
                .map(ByteText::decode)
                .filter(variable -> variable.startsWith(prefix))
                .map(variable -> variable.substring(prefix.length()))
                .findFirst()
                .orElse(decoded);
        if (!ByteText.isUtf8(value)) {
            throw new UserError("environment variable %s is not UTF-8: '%s'; give it a value in UTF-8"
                    .formatted(name, ByteText.printable(value)));
        }
        return value;
    }

    private static boolean mayBeLossy(String decoded) {
        return UTF_8
                ? decoded.indexOf(REPLACEMENT) >= 0
                : decoded.chars().anyMatch(c -> c >= 0x80) || decoded.indexOf('?') >= 0;
    }

    /** What is in a file of texts that end with NUL; nothing if it cannot be read. */
    private static List<byte[]> read(String path) {
        try {
            return texts(Files.readAllBytes(Path.of(path)));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<byte[]> texts(byte[] bytes) {
        List<byte[]> texts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                texts.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        return texts;
    }
}
