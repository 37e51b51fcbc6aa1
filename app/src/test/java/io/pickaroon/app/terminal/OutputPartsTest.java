package io.pickaroon.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutputPartsTest {
    private static final int KEPT_BYTES = 256 * 1024;
    private static final byte[] SEPARATOR = bytes("--\n");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final RecordOutput output = new RecordOutput(written);
    private final OutputParts parts = new OutputParts(output);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String written() throws IOException {
        output.flush();
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void partsComeInTheOrderInWhichTheyWereBegun() throws IOException {
        OutputPart one = parts.begin();
        OutputPart two = parts.begin();
        OutputPart three = parts.begin();
        three.write(bytes("3"));
        three.close();
        two.write(bytes("2"));
        one.write('1');
        assertThat(written()).isEqualTo("1");
        one.close();
        two.write('+');
        two.flush();
        assertThat(written()).isEqualTo("12+");
        two.close();
        assertThat(written()).isEqualTo("12+3");
    }

    @Test
    void whatIsFlushedIsSeenOnlyInItsTurn() throws IOException {
        OutputPart one = parts.begin();
        OutputPart two = parts.begin();
        two.write(bytes("2"));
        two.flush();
        assertThat(written.size()).isZero();
        one.close();
        two.flush();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("2");
    }

    @Test
    void aPartThatKeepsTooMuchWaitsForItsTurn() throws Exception {
        OutputPart one = parts.begin();
        OutputPart two = parts.begin();
        two.write(new byte[KEPT_BYTES - 1]);
        FutureTask<Void> writing = writing(two, new byte[2]);
        Thread thread = Thread.ofPlatform().start(writing);
        awaitThatItWaits(thread);

        one.close();

        writing.get();
        two.close();
        output.flush();
        assertThat(written.size()).isEqualTo(KEPT_BYTES + 1);
    }

    @Test
    void whereTooManyPartsAreOpenHalfOfThemAreWaitedFor() throws Exception {
        List<OutputPart> open = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            open.add(parts.begin());
        }
        FutureTask<OutputPart> beginning = new FutureTask<>(parts::begin);
        Thread thread = Thread.ofPlatform().start(beginning);
        awaitThatItWaits(thread);
        for (int i = 31; i > 0; i--) {
            open.get(i).close();
        }
        awaitThatItWaits(thread);

        open.get(0).close();

        assertThat(beginning.get()).isNotNull();
    }

    @Test
    void groupsAreSeparatedAcrossPartsThatHaveNone() throws IOException {
        OutputPart one = parts.begin();
        OutputPart two = parts.begin();
        OutputPart three = parts.begin();
        OutputPart four = parts.begin();
        group(four, "d");
        group(four, "e");
        group(two, "b");
        group(one, "a");
        three.write(bytes("no group\n"));
        for (OutputPart part : List.of(four, three, two, one)) {
            part.close();
        }
        OutputPart five = parts.begin();
        group(five, "f");
        five.close();
        assertThat(written()).isEqualTo("a\n--\nb\nno group\n--\nd\n--\ne\n--\nf\n");
    }

    private static void group(OutputPart part, String text) throws IOException {
        part.separateFromGroupBefore(SEPARATOR);
        part.markGroup();
        part.write(bytes(text + "\n"));
    }

    /** A group that nothing is printed of counts. */
    @Test
    void anEmptyGroupIsSeparated() throws IOException {
        OutputPart one = parts.begin();
        OutputPart two = parts.begin();
        one.separateFromGroupBefore(SEPARATOR);
        one.markGroup();
        group(two, "b");
        one.close();
        two.close();
        assertThat(written()).isEqualTo("--\nb\n");
    }

    @Test
    void nothingWaitsForAnOutputThatIsLost() throws Exception {
        OutputParts lost = new OutputParts(new RecordOutput(full()));
        OutputPart one = lost.begin();
        OutputPart two = lost.begin();
        FutureTask<Void> writing = writing(two, new byte[KEPT_BYTES + 1]);
        Thread thread = Thread.ofPlatform().start(writing);
        awaitThatItWaits(thread);

        assertThatThrownBy(() -> one.write(new byte[2 * KEPT_BYTES])).isInstanceOf(RecordOutput.OutputLost.class);

        assertThatThrownBy(writing::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RecordOutput.OutputLost.class);
        assertThatThrownBy(lost::begin).isInstanceOf(RecordOutput.OutputLost.class);
        one.close();
        two.close();
    }

    private static OutputStream full() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };
    }

    private static FutureTask<Void> writing(OutputPart part, byte[] bytes) {
        return new FutureTask<>(() -> {
            part.write(bytes);
            return null;
        });
    }

    private static void awaitThatItWaits(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void manyThreadsWriteWhatOneWouldHaveWritten() throws Exception {
        Random random = new Random(4);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int number = 0; number < 400; number++) {
                byte[] block = bytes((number + " ").repeat(random.nextInt(100)));
                int blocks = number % 50 == 7 ? 4_000 : random.nextInt(20);
                OutputPart part = parts.begin();
                running.add(threads.submit(() -> {
                    try (part) {
                        for (int i = 0; i < blocks; i++) {
                            part.write(block);
                        }
                    }
                    return null;
                }));
                for (int i = 0; i < blocks; i++) {
                    expected.write(block);
                }
            }
        }
        for (Future<?> future : running) {
            future.get();
        }
        output.flush();
        assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
    }
}
