package io.pickaroon.processor;

import io.pickaroon.processor.commit.CommitQueue;
import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.OpenFiles;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.fix.Fixer;
import io.pickaroon.processor.follow.FollowedFile;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.RunCounters;
import io.pickaroon.processor.read.Paces;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.scheduler.Scheduler;
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
        Reading reading = new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO));
        LogInput input = new LogInput("nothing", files, false, reading, FollowedFiles.EMIT);
        return InputScanners.of(input, PartLimit.STANDARD);
    }

    static RunResources parts(InputScanners... inputs) {
        return parts(Machine.real(FixPermission.EVERY_FILE), inputs);
    }

    public static RunResources parts(Machine machine, InputScanners... inputs) {
        return parts(machine, Schedulers.immediate(), inputs);
    }

    /** Like the other one, but commits on this thread. */
    public static RunResources parts(Machine machine, Scheduler progress, InputScanners... inputs) {
        RunCounters counters =
                new RunCounters(Stream.of(inputs).map(InputScanners::input).toList(), machine.nanoTime());
        OpenFiles files = new OpenFiles();
        Committer committer = new Committer(
                new Fixer(Optional.empty()),
                Optional.empty(),
                files,
                new Committer.GroupLimit(Duration.ofHours(1), 1 << 20, machine.nanoTime(), _ -> false),
                counters,
                _ -> {});
        return new RunResources(
                new RunResources.Host(
                        machine, Schedulers.immediate(), new Paces(List.of(), machine.nanoTime(), counters)),
                RunSettings.follow(),
                files,
                committer.positions(),
                new CommitQueue(committer, progress, e -> {
                    throw new IllegalStateException(e);
                }),
                counters);
    }
}
