package io.pickaroon.processor;

import io.pickaroon.processor.commit.CommitQueue;
import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.OpenFiles;
import io.pickaroon.processor.delivery.Delivery;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.Fixer;
import io.pickaroon.processor.follow.FollowedFile;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.RunCounters;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The parts of a run on this machine that reads nothing, and keeps progress in memory. */
public final class RunOfNothing {
    private RunOfNothing() {}

    public static FollowedFile liveFile(Path path) {
        RunResources parts = parts();
        return new FollowedFile(
                input(Discovery.of(List.of(path))), path, new FileSighting(path, new FileIdentity(1, 2, 3), 0), parts);
    }

    public static InputScanners input(Discovery files) {
        LogInput input =
                new LogInput("nothing", files, false, new WindowPlan(4096, 1024, Delimiter.AUTO), FollowedFiles.EMIT);
        return InputScanners.of(input, PartLimit.STANDARD);
    }

    static RunResources parts(InputScanners... inputs) {
        return parts(Machine.real(FixPermission.EVERY_FILE), inputs);
    }

    public static RunResources parts(Machine machine, InputScanners... inputs) {
        RunCounters counters =
                new RunCounters(Stream.of(inputs).map(InputScanners::input).toList(), machine.nanoTime());
        OpenFiles files = new OpenFiles(machine::open);
        Committer progress = new Committer(
                new Fixer(Optional.empty()),
                Optional.empty(),
                files,
                new Committer.GroupLimit(Duration.ofHours(1), 1 << 20),
                machine.nanoTime(),
                counters,
                _ -> {});
        return new RunResources(
                machine, Schedulers.immediate(), RunSettings.follow(), files, progress, new AtOnce(progress), counters);
    }

    /** Takes each step on the thread that asks for it. */
    private record AtOnce(Committer progress) implements CommitQueue {
        @Override
        public Mono<Void> begin(LogFile file, Position start, int resets) {
            return step(() -> progress.begin(file, start, resets));
        }

        @Override
        public Mono<Void> start(Map<String, Instant> inputs, Map<FileSighting, Position> starts) {
            return step(() -> progress.start(inputs, starts));
        }

        @Override
        public Mono<Void> beginAll(Map<FileSighting, Position> starts) {
            return step(() -> progress.beginAll(starts));
        }

        @Override
        public Mono<Void> replay(ScannedWindow window, Position delivered) {
            return step(() -> progress.accept(Delivery.alreadyDelivered(window, delivered)));
        }

        @Override
        public Mono<Void> fixAfterRotation(ScannedWindow window, Position delivered) {
            return step(() -> progress.accept(Delivery.deliveredBeforeRotation(window, delivered)));
        }

        @Override
        public Mono<Void> nothingWaits(FileIdentity file) {
            return step(() -> progress.nothingWaits(file));
        }

        @Override
        public Mono<Void> commit() {
            return step(progress::commit);
        }

        @Override
        public Mono<Void> gone(FileIdentity file, Optional<Instant> since) {
            return step(() -> progress.gone(file, since));
        }

        @Override
        public Mono<Void> forget(FileIdentity file) {
            return step(() -> progress.forget(file));
        }

        private interface Step {
            void run() throws IOException;
        }

        private static Mono<Void> step(Step step) {
            return Mono.fromRunnable(() -> {
                try {
                    step.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
