package io.pickaroon.app.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes on standard input and from pipes. */
class ScanStreamTest {
    @TempDir
    private Path directory;

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void standardInputIsReadWhereNoFileIsNamed() {
        assertThat(CommandRun.withInput(input("one\nERROR two"), "scan", "-F", "ERROR")
                        .output())
                .isEqualTo("ERROR two\n");
        assertThat(CommandRun.withInput(input("one\nERROR two"), "scan", "-Hn", "-F", "ERROR", "-")
                        .output())
                .isEqualTo("(standard input):2:ERROR two\n");
        assertThat(CommandRun.withInput(input("\ufeffone\n"), "scan", "-c", "-e", "^one$", "-")
                        .output())
                .isEqualTo("1\n");
        assertThat(CommandRun.withInput(input(""), "scan", "-c", "-e", "").output())
                .isEqualTo("0\n");
    }

    @Test
    void aNamedPipeIsRead() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Thread writer = Thread.ofPlatform().start(() -> write(pipe));

        CommandRun run = CommandRun.of("scan", "-n", "-F", "ERROR", pipe);

        writer.join();
        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).isEqualTo("2:ERROR two\n");
    }

    private static void write(Path pipe) {
        try {
            Files.writeString(pipe, "one\nERROR two\nthree\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes come one, or some, at a time, so that lines go over the ends of what was read. */
    @Test
    void itMakesNoDifferenceHowTheBytesArrive() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            byte[] bytes = log(random, round % 4 == 0);
            Path file = Files.write(directory.resolve("file"), bytes);
            Object[] options = {"scan", "-n", "-C1", "--window-bytes", "4KiB", "-e", "took|ms$|^x_y"};
            String expected = CommandRun.of(with(options, file)).output();

            InputStream slow = new InputStream() {
                private int at;

                @Override
                public int read() {
                    return at < bytes.length ? bytes[at++] & 0xff : -1;
                }

                @Override
                public int read(byte[] target, int index, int length) {
                    int count = Math.min(Math.min(length, 1 + random.nextInt(at < 3 ? 2 : 500)), bytes.length - at);
                    System.arraycopy(bytes, at, target, index, count);
                    at += count;
                    return count == 0 ? -1 : count;
                }

                @Override
                public int available() {
                    return random.nextInt(2);
                }
            };
            assertThat(CommandRun.withInput(slow, with(options, "-")).output()).isEqualTo(expected);
        }
    }

    private static byte[] log(Random random, boolean hasMark) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((hasMark ? "\ufeffx_y first" : "").getBytes(StandardCharsets.UTF_8));
        bytes.write(GrepCase.log(random));
        return bytes.toByteArray();
    }

    private static Object[] with(Object[] options, Object file) {
        Object[] all = new Object[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = file;
        return all;
    }

    /** The end of the stream comes only when the match was seen: without that it would wait for ever. */
    @Test
    void aMatchIsPrintedBeforeMoreHasArrived() {
        String[] seen = {""};
        CommandRun run = CommandRun.withInput(
                new SequenceInputStream(
                        input("one\nERROR two\nunfin"), new End(() -> seen[0] = CommandRun.outputSoFar())),
                "scan",
                "-F",
                "ERROR");

        assertThat(seen[0]).isEqualTo("ERROR two\n");
        assertThat(run.output()).isEqualTo("ERROR two\n");
    }

    @Test
    void ofARecordThatIsTooLongOnlyTheHeadIsKept() {
        String longest = "ERROR " + "x".repeat(3 << 20) + " tail";
        CommandRun run = CommandRun.withInput(
                input("one\n" + longest + "\nERROR end\n" + longest),
                "scan",
                "-c",
                "--max-record-bytes",
                "100KiB",
                "-e",
                "ERROR|tail");

        assertThat(run.output()).isEqualTo("3\n");
        assertThat(run.errors()).contains("records longer than 100 KiB: 2");
        assertThat(CommandRun.withInput(input("one\n" + longest + "\nERROR end"), "scan", "-n", "-F", "end")
                        .output())
                .isEqualTo("3:ERROR end\n");
    }

    @Test
    void aStreamThatBreaksIsToldAfterWhatCameBefore() {
        CommandRun run = CommandRun.withInput(
                new SequenceInputStream(input("ERROR one\nERROR tw"), new End(() -> {
                    throw new IOException("the line is dead");
                })),
                "scan",
                "-F",
                "ERROR");

        assertThat(run.output()).isEqualTo("ERROR one\n");
        assertThat(run.errors()).contains("the line is dead");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    /** What happens when the end of a stream is read. */
    private interface AtEnd {
        void reached() throws IOException;
    }

    private static final class End extends InputStream {
        private final AtEnd atEnd;

        End(AtEnd atEnd) {
            this.atEnd = atEnd;
        }

        @Override
        public int read() throws IOException {
            atEnd.reached();
            return -1;
        }

        @Override
        public int read(byte[] target, int index, int length) throws IOException {
            return read();
        }
    }
}
