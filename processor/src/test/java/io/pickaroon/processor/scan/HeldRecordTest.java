package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.container.HeldRecord;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.ReadRange;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A record of a container log whose last part does not come, while the other stream goes on. */
class HeldRecordTest {
    private static final String OPEN = "2026-11-30T09:00:00Z stdout P begins\n";
    private static final String OTHER = "2026-11-30T09:00:00Z stderr F a line of the other stream\n";
    private static final String END = "2026-11-30T09:00:00Z stdout F ends\n";
    private static final int TURNS = 2_000;

    private final WindowPlan plan = new WindowPlan(
            1 << 20,
            new RecordFormat(
                    Delimiter.LF,
                    1024,
                    Optional.empty(),
                    Optional.of(new ContainerFormat(Syntax.CRI, ContainerFormat.MAX_PART_DISTANCE_BYTES))));

    private static final class CountingLog extends ForwardingLogFile {
        private long readBytes;

        CountingLog(LogFile file) {
            super(file);
        }

        @Override
        public LogFile knownAs(Path path, int generation) {
            return this;
        }

        @Override
        public MappedRange map(long offset, long endOffset) {
            return new ReadRange(this, offset, endOffset);
        }

        @Override
        public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
            readBytes += lengthBytes;
            super.read(offset, target, targetIndex, lengthBytes);
        }
    }

    @Test
    void eachTurnReadsWhatIsNew() throws IOException {
        byte[] bytes = (OPEN + OTHER.repeat(TURNS) + END).getBytes(StandardCharsets.US_ASCII);
        Optional<HeldRecord> held = Optional.empty();
        long readBytes = 0;
        for (int turn = 0; turn <= TURNS; turn++) {
            int size = OPEN.length() + turn * OTHER.length();
            CountingLog file = new CountingLog(new MemoryLog(Arrays.copyOf(bytes, size)));
            WindowPlan.Complete complete = plan.complete(file, Position.START, held);
            held = complete.held();
            assertThat(complete.recordsOffset()).isZero();
            assertThat(complete.linesOffset()).isEqualTo(size);
            readBytes += file.readBytes;
        }
        assertThat(readBytes).isLessThan(3L * bytes.length);

        CountingLog file = new CountingLog(new MemoryLog(bytes));
        assertThat(plan.complete(file, Position.START, held)).isEqualTo(plan.complete(file, Position.START));
    }

    @Test
    void aRecordThatIsTooFarAwayFromItsLastPartIsHeldNoMore() throws IOException {
        byte[] bytes = (OPEN + OTHER.repeat(3)).getBytes(StandardCharsets.US_ASCII);
        WindowPlan near = new WindowPlan(
                1 << 20,
                new RecordFormat(
                        Delimiter.LF,
                        1024,
                        Optional.empty(),
                        Optional.of(new ContainerFormat(Syntax.CRI, OPEN.length() + OTHER.length()))));
        Optional<HeldRecord> held =
                near.complete(log(bytes, OPEN.length()), Position.START).held();
        held = near.complete(log(bytes, OPEN.length() + OTHER.length()), Position.START, held)
                .held();

        assertThat(held.orElseThrow().lookedTo()).isEqualTo(OPEN.length() + OTHER.length());
        assertThat(near.complete(log(bytes, bytes.length), Position.START, held).held())
                .isEmpty();
    }

    @Test
    void whatWasLookedAtIsLookedAtAgainIfTheFileIsShorterOrReadingGoesOnElsewhere() throws IOException {
        byte[] bytes = (OPEN + OTHER + OPEN + OTHER).getBytes(StandardCharsets.US_ASCII);
        Optional<HeldRecord> held =
                plan.complete(log(bytes, bytes.length), Position.START).held();

        WindowPlan.Complete shorter = plan.complete(log(bytes, OPEN.length()), Position.START, held);
        assertThat(shorter.held().orElseThrow().lookedTo()).isEqualTo(OPEN.length());
        assertThat(shorter.held().orElseThrow().length()).isEqualTo("begins".length());
        Position later = new Position(OPEN.length() + (long) OTHER.length(), true);
        assertThat(plan.complete(log(bytes, bytes.length), later, held)
                        .held()
                        .orElseThrow()
                        .at())
                .isEqualTo(later);
    }

    private static LogFile log(byte[] bytes, int size) {
        return new MemoryLog(Arrays.copyOf(bytes, size));
    }
}
