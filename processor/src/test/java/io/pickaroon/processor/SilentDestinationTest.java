package io.pickaroon.processor;

import io.pickaroon.processor.DistantSink.Manner;
import io.pickaroon.processor.TwinEngine.LogOpener;
import io.pickaroon.processor.TwinEngine.TwinMachine;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;

/** A session of the sink in which nothing is taken for a while: files come and go as always. */
@Timeout(60)
class SilentDestinationTest extends FollowedFiles {
    /** More than turns and a sink have in hand. */
    private static final int MANY = 8;
    /** Longer than a file is polled after it has grown. */
    private static final Duration LONG_QUIET = Duration.ofMinutes(1);

    private static final FollowSettings FEW_SCANS =
            new FollowSettings(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(7));

    private final Machine real = Machine.real(FixPermission.EVERY_FILE);
    private final AtomicLong leaptNanos = new AtomicLong();
    private final DistantSink sink = DistantSink.present();

    private final class RealFiles implements LogOpener {
        @Override
        public LogFile open(Path path, boolean forFixes) throws IOException {
            return real.open(path, forFixes);
        }

        @Override
        public Optional<FileSighting> look(Path path) throws IOException {
            return real.look(path);
        }

        @Override
        public List<FileSighting> filesIn(Path in) throws IOException {
            List<FileSighting> found = new ArrayList<>();
            real.filesIn(in, found::add);
            return found;
        }

        @Override
        public DirectoryWatch watch() {
            return real.watch();
        }
    }

    private LogProcessor processor(Recovery recovery) {
        TwinMachine machine = new TwinMachine(
                real.scanThreads(2),
                real.progressThread(),
                real.timer(),
                () -> System.nanoTime() + leaptNanos.get(),
                new RealFiles());
        return new LogProcessor(
                List.of(new LogInput(
                        "test", new LogsHere(), false, new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO)), EMIT)),
                sink,
                RunState.of(recovery),
                new RunSettings(false, 2, 2 * MANY, Duration.ofMillis(10), Duration.ofMillis(20), FEW_SCANS),
                new LogProcessor.Limits(PartLimit.STANDARD, 1 << 20),
                machine);
    }

    @Test
    void aNewFileIsOpenedSoonWhileNothingElseHappens() throws IOException {
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            LogProcessor processor = processor(recovery);
            Disposable running = processor.run().subscribe();
            write("a.log", "line a\n");
            Awaitility.await().atMost(SOON).until(() -> sink.records().contains("line a"));
            sink.leave(Manner.SILENT);
            for (int i = 0; i < MANY; i++) {
                write("b" + i + ".log", "line b" + i + "\n");
            }
            Awaitility.await().atMost(SOON).until(() -> openLogs() == MANY + 1);
            leaptNanos.set(LONG_QUIET.toNanos());
            Awaitility.await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> openLogs() == MANY + 1);
            write("c.log", "line c\n");
            Awaitility.await().atMost(SOON).until(() -> isOpen("c.log"));
            Files.delete(path("c.log"));
            sink.comeBack();
            Awaitility.await().atMost(SOON).until(() -> sink.records().contains("line c"));
            processor.stop();
            Awaitility.await().atMost(SOON).until(running::isDisposed);
        }
    }
}
