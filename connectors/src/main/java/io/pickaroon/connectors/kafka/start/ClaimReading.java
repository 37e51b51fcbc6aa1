package io.pickaroon.connectors.kafka.start;

import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.ClaimDecision;
import io.pickaroon.connectors.kafka.claim.Claimant;
import io.pickaroon.connectors.kafka.claim.TopicContents;
import io.pickaroon.connectors.kafka.claim.Verdict;
import io.pickaroon.connectors.kafka.claim.Verdict.GoOn;
import io.pickaroon.connectors.kafka.client.OpeningClients;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the records that matter for a run from the positions topic, and has {@link ClaimDecision} decide. For one
 * session; blocks. It writes nothing.
 */
final class ClaimReading {
    /** The decision, and the contents that led to it. */
    record Decided(GoOn goOn, TopicContents contents) {
        /**
         * The topics that records under these names have named. A claim that was never committed has some, too, to which
         * transactions wrote that are open now.
         */
        Set<String> topics() {
            Set<String> topics = new HashSet<>();
            Stream.of(Optional.of(goOn.name()), goOn.former(), goOn.copied())
                    .flatMap(Optional::stream)
                    .flatMap(name -> contents.claim(name).stream())
                    .forEach(claim -> topics.addAll(claim.topics()));
            return topics;
        }
    }

    private final PositionsTopic topic;
    private final OpeningClients clients;
    private final DeliveringRun run;
    private final Orders orders;
    private final InstantSource clock;
    private final Map<FileIdentity, KnownFile> files;
    private final Map<FileIdentity, KnownFile> inodes = new HashMap<>();

    /** @throws DeliveryException if the directories of the inputs cannot be listed */
    ClaimReading(PositionsTopic topic, OpeningClients clients, DeliveringRun run, Orders orders, InstantSource clock) {
        this.topic = topic;
        this.clients = clients;
        this.run = run;
        this.orders = orders;
        this.clock = clock;
        this.files = needsFiles(run.instance()) ? files(run) : Map.of();
        files.forEach((file, known) -> inodes.put(file.ofGeneration(0), known));
    }

    private static boolean needsFiles(Instance instance) {
        return instance.standing() == Standing.NEW || instance.standing() == Standing.UNNAMED;
    }

    private static Map<FileIdentity, KnownFile> files(DeliveringRun run) {
        try {
            return run.files();
        } catch (IOException e) {
            throw DeliveryException.retryable("the files of the inputs cannot be listed: " + e.getMessage(), e);
        }
    }

    /** The files of a checkpoint that has held no name yet, in their latest generation; otherwise empty. */
    Map<FileIdentity, KnownFile> files() {
        return files;
    }

    /** The same, in generation 0. */
    Map<FileIdentity, KnownFile> inodes() {
        return inodes;
    }

    /**
     * Reads and decides.
     *
     * @throws DeliveryException undecided, if a person has to decide; a mistake, if a given name does not exist; fatal,
     *     if a record is malformed
     */
    Decided decide(boolean committed) throws ExecutionException, InterruptedException {
        Set<String> names = new HashSet<>(named());
        TopicContents contents = topic.read(clients, committed, (name, file) -> names.contains(name) || isKnown(file));
        if (names.addAll(claimed(contents)) && !contents.isWhole()) {
            contents = topic.read(clients, committed, (name, file) -> names.contains(name) || isKnown(file));
        }
        Verdict verdict = ClaimDecision.of(claimant(), contents);
        if (verdict instanceof Verdict.NoSuchName unknown) {
            throw DeliveryException.mistake(unknown.message());
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            if (!committed) {
                return decideByCommitted(undecided.message());
            }
            throw DeliveryException.undecided(undecided.message());
        }
        GoOn goOn = (GoOn) verdict;
        requireReadable(goOn.name(), contents);
        goOn.former().ifPresent(requireReadable(contents));
        goOn.copied().ifPresent(requireReadable(contents));
        return new Decided(goOn, contents);
    }

    /** An aborted claim stays readable until compaction. It must not lead to a refusal. */
    private Decided decideByCommitted(String undecided) throws ExecutionException, InterruptedException {
        try {
            return decide(true);
        } catch (DeliveryException e) {
            throw e.isRetryable() ? DeliveryException.undecided(undecided) : e;
        }
    }

    private boolean isKnown(FileIdentity file) {
        return inodes.containsKey(file.ofGeneration(0));
    }

    private Set<String> named() {
        Set<String> names = new HashSet<>();
        names.add(run.instance().name());
        orders.instance().ifPresent(names::add);
        orders.adopt().ifPresent(names::add);
        if (run.instance().standing() == Standing.UNNAMED) {
            names.add(run.hostName());
        }
        return names;
    }

    /** Names that may belong to this run, or that may be removed. */
    private Set<String> claimed(TopicContents contents) {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, Claim> named : contents.claims().entrySet()) {
            Claim claim = named.getValue();
            boolean fromThisHost = needsFiles(run.instance()) && claim.host().equals(run.hostName());
            if (claim.passing() || claim.isOfCheckpoint(run.instance()) || fromThisHost) {
                names.add(named.getKey());
            }
        }
        return names;
    }

    private Claimant claimant() {
        return new Claimant(
                run.instance(),
                orders,
                new Claimant.Home(run.hostName(), path(), ClaimReading::mayExist),
                run.rules(),
                inodes,
                clock.instant());
    }

    private String path() {
        return run.checkpoint().map(NativePath::printable).orElse("");
    }

    /**
     * Also true if that cannot be determined: without permission to search the directory, or for a name that is not
     * UTF-8.
     */
    private static boolean mayExist(String path) {
        return path.contains("\\x") || !Files.notExists(NativePath.of(path));
    }

    private static Consumer<String> requireReadable(TopicContents contents) {
        return name -> requireReadable(name, contents);
    }

    private static void requireReadable(String name, TopicContents contents) {
        Optional.ofNullable(contents.unreadable().get(name)).ifPresent(problem -> {
            throw DeliveryException.fatal(problem, null);
        });
    }

    /** The claim of this run, with this time. */
    Claim claim(Instant now) {
        Instance instance = run.instance();
        return new Claim(
                instance.checkpointId(),
                run.hostName(),
                path(),
                Claim.Start.of(instance.start(), now),
                run.rules(),
                instance.standing() == Standing.PASSING);
    }
}
