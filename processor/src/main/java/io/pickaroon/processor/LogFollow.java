package io.pickaroon.processor;

import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * Follows files as they grow and are rotated, and emits the records that match rules. Changes no log file.
 *
 * <p><b>What comes.</b> The records of each file in file order, and then those that are appended to it, without an end. A file
 * that is renamed is read to its end before the one that takes its name; one that is truncated is read anew from its start. A
 * file that is not there yet is waited for. One that cannot be read is reported by SLF4J, as are bytes that a truncation has
 * taken away unread, and is tried again.
 *
 * <p><b>Subscriptions.</b> The flux is cold: nothing is opened before a subscription, and each one reads for itself. The
 * subscriber is called on one thread of the subscription, {@code log-follow-1}, which may block and is never interrupted. What
 * ends a subscription (cancellation, a failure downstream, an operator such as {@code take}) also ends its threads and closes
 * its files, before the call returns; if it is made by a thread of Reactor's that may not block, a moment later.
 *
 * <p><b>Demand.</b> Nothing is read before the first request. After that at most {@link #READ_AHEAD_WINDOWS} windows of {@link
 * #WINDOW_BYTES} are read ahead of what is requested, whatever the number and size of the files.
 *
 * <p><b>With a checkpoint</b> the next subscription goes on where this one ended, in a later process too. The checkpoint passes a
 * record when it and all records before it in its file are {@linkplain MatchedRecord#acknowledge acknowledged}, in any order; a
 * request is no acknowledgement, because operators request records that they only keep. Acknowledge every record, also one that
 * is filtered out, when it is dealt with, and before whatever may cancel: {@code records.concatMap(this::store)
 * .doOnNext(MatchedRecord::acknowledge).take(20)}. So no record is lost. Those that are not acknowledged when the subscription ends
 * come again; after a kill also up to 256 of each file that were, and those of the last {@link RunSettings#CHECKPOINT_INTERVAL}.
 * They have the same {@link MatchedRecord#id}, by which the consumer drops them. With {@link #MOST_UNACKNOWLEDGED} records, or
 * {@link #MOST_UNACKNOWLEDGED_BYTES}, that are not acknowledged nothing more is read. A checkpoint serves one subscription at a
 * time: another one fails, unless that one is just ending.
 *
 * <p>Thread-safe.
 */
public final class LogFollow {
    /** How much of a file is scanned as one, unless a plan says otherwise. */
    public static final int WINDOW_BYTES = 1 << 20;
    /** Windows that are read ahead of what is requested, at most. */
    public static final int READ_AHEAD_WINDOWS = 8;
    /** Records that may wait for {@link MatchedRecord#acknowledge} before nothing more is read. */
    public static final int MOST_UNACKNOWLEDGED = 16 * 1024;
    /** The same in bytes of records. */
    public static final long MOST_UNACKNOWLEDGED_BYTES = 16L << 20;

    private static final String INPUT = "records";

    private final List<Rule> rules;
    private final Reading reading;
    private final FollowSettings following;
    private final boolean startsAtEnd;
    private final Optional<Path> checkpoint;
    private final Machine machine;
    private final AtomicReference<FollowRun> latest = new AtomicReference<>();

    /**
     * Reads from the beginning of the files, without a checkpoint. Records of up to 1 MiB end at LF or CR LF.
     *
     * @param rules what to look for; {@code new Pattern.Regex("", false)} matches every record
     * @throws IllegalArgumentException if a rule has a fix, if there is none, or if two have the same id
     */
    public LogFollow(List<Rule> rules) {
        this(
                rules,
                new Reading(new WindowPlan(WINDOW_BYTES, LogSearch.MAX_RECORD_BYTES, Delimiter.AUTO)),
                FollowSettings.STANDARD);
    }

    /**
     * Reads from the beginning of the files, without a checkpoint.
     *
     * @throws IllegalArgumentException if a rule changes files, which {@link LogProcessor} does; if there is none; or if two have
     *     the same id
     */
    public LogFollow(List<Rule> rules, Reading reading, FollowSettings following) {
        this(rules, reading, following, false, Optional.empty(), Machine.real(FixPermission.EVERY_FILE));
        rules.stream().filter(Rule::changesFiles).findFirst().ifPresent(fixing -> {
            throw new IllegalArgumentException("rule '" + fixing.id() + "' has a fix, and this changes no file");
        });
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("no rule: nothing would match");
        }
        Set<String> ids = new HashSet<>();
        rules.stream().map(Rule::id).filter(id -> !ids.add(id)).findFirst().ifPresent(twice -> {
            throw new IllegalArgumentException(
                    "two rules have the id '" + twice + "': their records could not be told apart");
        });
    }

    private LogFollow(
            List<Rule> rules,
            Reading reading,
            FollowSettings following,
            boolean startsAtEnd,
            Optional<Path> checkpoint,
            Machine machine) {
        this.rules = List.copyOf(rules);
        this.reading = reading;
        this.following = following;
        this.startsAtEnd = startsAtEnd;
        this.checkpoint = checkpoint;
        this.machine = machine;
    }

    /**
     * The same, but files that are there when a subscription begins are read from their end; others from their beginning. With a
     * checkpoint, only its first subscription begins so.
     */
    public LogFollow fromEnd() {
        return new LogFollow(rules, reading, following, true, checkpoint, machine);
    }

    /**
     * The same, with positions that are kept in a file. It is created if it is not there, with a journal and a lock beside it, and
     * locked while there is a subscription.
     */
    public LogFollow withCheckpoint(Path path) {
        return new LogFollow(rules, reading, following, startsAtEnd, Optional.of(path), machine);
    }

    /** The same, on a machine that may be a twin. */
    LogFollow on(Machine other) {
        return new LogFollow(rules, reading, following, startsAtEnd, checkpoint, other);
    }

    /**
     * The records of files, whether these exist yet or not.
     *
     * @return fails with an {@link IOException} if the checkpoint is in use, cannot be trusted or cannot be written
     */
    public Flux<MatchedRecord> records(Path... files) {
        if (files.length == 0) {
            throw new IllegalArgumentException("no file to follow");
        }
        return records(named(files));
    }

    /**
     * Like {@link #records(Path...)}, of files that come and go.
     *
     * @param files asked by one thread at a time of each subscription
     */
    public Flux<MatchedRecord> records(Discovery files) {
        LogInput input = new LogInput(INPUT, files, startsAtEnd, reading, rules);
        return Flux.using(() -> begin(input), FollowRun::records, FollowRun::close);
    }

    private FollowRun begin(LogInput input) {
        RunSettings usual = RunSettings.follow();
        RunSettings settings = new RunSettings(
                false, 1, usual.maxOpenFiles(), usual.checkpointInterval(), usual.pollInterval(), following);
        FollowRun run = new FollowRun(checkpoint, input, settings, machine);
        if (checkpoint.isPresent()) {
            run.comesAfter(latest.getAndSet(run));
        }
        return run;
    }

    /** Their directories are watched, so that one that comes later is found at once. */
    private static Discovery named(Path... files) {
        Discovery named = Discovery.of(List.of(files));
        Set<Path> directories = Arrays.stream(files)
                .flatMap(file ->
                        Stream.ofNullable(file.toAbsolutePath().normalize().getParent()))
                .collect(Collectors.toSet());
        return new Discovery() {
            @Override
            public Found find() throws IOException {
                return new Found(named.find().files(), directories, Map.of());
            }

            @Override
            public boolean covers(Path file) {
                return named.covers(file);
            }
        };
    }
}
