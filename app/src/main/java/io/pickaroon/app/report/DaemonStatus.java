package io.pickaroon.app.report;

import io.pickaroon.processor.delivery.Latencies;
import io.pickaroon.processor.metrics.CommitFigures;
import io.pickaroon.processor.metrics.Destination;
import io.pickaroon.processor.metrics.InputFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a run is doing, as of one moment: what the pages of its HTTP port are made of. It holds nothing that a user might keep
 * secret: no property of a client, no byte of a log.
 *
 * @param inputs figures since the process began, reloads included
 * @param commits empty unless running
 * @param problems the latest that files had, the oldest first
 */
public record DaemonStatus(
        ProcessStatus process,
        List<InputFigures> inputs,
        DeliveryStatus delivery,
        Optional<CommitFigures> commits,
        List<String> problems) {
    /** Longer than any disk should take, and a commit is due several times in a second. */
    private static final Duration LONGEST_COMMIT_AGE = Duration.ofSeconds(60);

    /** A broker that is there acknowledges many times faster. */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(15);

    /**
     * The process, and what it is doing.
     *
     * @param instance under which the destination keeps positions; until that is known, that of the configuration
     * @param version of the program
     * @param startedAt when the process began
     * @param at the moment that the status speaks of
     * @param reloads what became of changes of the configuration
     */
    public record ProcessStatus(
            String instance, String version, Instant startedAt, Instant at, Phase phase, Reloads reloads) {}

    /**
     * The way to the destination.
     *
     * @param destination empty unless running
     * @param stalled how long nothing was delivered although there is something to deliver
     * @param outages times that the destination failed for a while
     * @param transactions how long those of Kafka took since the process began
     */
    public record DeliveryStatus(
            Optional<Destination> destination, Duration stalled, long outages, Latencies transactions) {}

    /** What a process is doing. */
    public enum Phase {
        STARTING,
        RUNNING,
        RELOADING,
        STOPPING
    }

    /**
     * What became of changes of the configuration.
     *
     * @param applied times that a changed configuration was taken over
     * @param refused times that it was not, because something is wrong with it
     * @param latestRefusal why, if the latest one was refused
     */
    public record Reloads(long applied, long refused, Optional<String> latestRefusal) {
        public static final Reloads NONE = new Reloads(0, 0, Optional.empty());
    }

    public DaemonStatus {
        inputs = List.copyOf(inputs);
        problems = List.copyOf(problems);
    }

    /** Why matches cannot be delivered at this moment; empty if they can. */
    public List<String> reasonsNotReady() {
        return switch (process.phase()) {
            case STARTING -> List.of("starting: the checkpoint is being recovered");
            case STOPPING -> List.of("stopping");
            case RELOADING -> List.of("reloading the configuration");
            case RUNNING ->
                commits.flatMap(CommitFigures::waitsForRoom)
                        .map(reason -> List.of("the checkpoint waits for room: " + reason))
                        .orElseGet(this::reasonsOfDestination);
        };
    }

    private List<String> reasonsOfDestination() {
        return switch (delivery.destination().orElseThrow()) {
            case Destination.Awaited _ -> List.of("the destination was not reached yet");
            case Destination.Failing(String reason) -> List.of("the destination fails: " + reason);
            case Destination.Ready _ ->
                delivery.stalled().compareTo(LONGEST_STALL) > 0
                        ? List.of("the destination has taken nothing for %d s"
                                .formatted(delivery.stalled().toSeconds()))
                        : List.of();
        };
    }

    /** Why a restart might help; empty if all is well, or if it would not help. */
    public List<String> reasonsNotHealthy() {
        return commits
                .filter(figures -> figures.waitsForRoom().isEmpty())
                .filter(figures -> figures.age().compareTo(LONGEST_COMMIT_AGE) > 0)
                .map(figures -> "nothing was made durable for %d s, although it is tried several times a second"
                        .formatted(figures.age().toSeconds()))
                .stream()
                .toList();
    }

    /** What records of an input lack. */
    private static List<String> ofRecords(InputFigures input) {
        List<String> warnings = new ArrayList<>();
        if (input.unparsedRecords() > 0) {
            warnings.add("input %s: records that do not parse, so that they have no field: %d"
                    .formatted(input.id(), input.unparsedRecords()));
        }
        new TreeMap<>(input.reasons().deadLetters())
                .forEach((reason, count) ->
                        warnings.add("input %s: dead-lettered: %d %s".formatted(input.id(), count, reason)));
        new TreeMap<>(input.reasons().readTimes())
                .forEach((reason, count) -> warnings.add("input %s: sent with the time of reading: %d, timestamp %s"
                        .formatted(input.id(), count, reason)));
        return warnings;
    }

    /** What a person should check, although the run goes on. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(problems);
        for (InputFigures input : inputs) {
            if (input.lostBytes() > 0) {
                warnings.add("input %s: %d bytes were lost, truncated away or deleted before they were read"
                        .formatted(input.id(), input.lostBytes()));
            }
            if (input.fixesOfDeleted() > 0) {
                warnings.add(
                        "input %s: %d fixes were made in files that were deleted by then; archives of them do not have these"
                                .formatted(input.id(), input.fixesOfDeleted()));
            }
            if (input.readRetries() > 0) {
                warnings.add(
                        "input %s: files on a network file system could not be read for a moment, and were tried again: %d times"
                                .formatted(input.id(), input.readRetries()));
            }
            if (input.unaccountedBytes() != 0) {
                warnings.add("input %s: %d bytes are in no account; please report this"
                        .formatted(input.id(), input.unaccountedBytes()));
            }
            warnings.addAll(ofRecords(input));
        }
        process.reloads()
                .latestRefusal()
                .ifPresent(why -> warnings.add("the changed configuration is not used: " + why));
        return warnings;
    }
}
