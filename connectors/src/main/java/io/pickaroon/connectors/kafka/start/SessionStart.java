package io.pickaroon.connectors.kafka.start;

import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.connectors.kafka.claim.TopicContents;
import io.pickaroon.connectors.kafka.claim.Verdict.GoOn;
import io.pickaroon.connectors.kafka.positions.ClaimRenewal;
import io.pickaroon.connectors.kafka.positions.PositionRecords;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.connectors.kafka.send.WindowProducer;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.start.ClaimReading.Decided;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.metrics.StartTrace;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first steps of a session that delivers exactly once: it decides on an instance name, stops earlier writers of
 * that name, reads how far they delivered, and claims the name. For one session; blocks. It sends no match.
 *
 * <p>Nothing is stopped before the decision. The checkpoint counts the start before the topic has its claim, and notes
 * that it holds the name after the claim is committed. A process killed in between finds its own claim at the next
 * start.
 */
public final class SessionStart {
    private static final Logger LOG = LoggerFactory.getLogger(SessionStart.class);
    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final String OF_ANOTHER_CONFIGURATION = "they may be those of another configuration";

    /**
     * The result, with which windows can be requested.
     *
     * @param positions how far files are delivered
     * @param records makes the records of the name
     * @param passing whether the name ends with the run
     * @param renewal renews the claim
     */
    public record Started(
            Map<FileIdentity, DeliveredPosition> positions,
            PositionRecords records,
            boolean passing,
            ClaimRenewal renewal) {}

    /** What a session begins with, and the topics that the records of earlier sessions named. */
    public record Beginning(GoOn goOn, Set<String> topics) {}

    private final String bootstrapServers;
    private final PositionsTopic topic;
    private final DeliveringRun run;
    private final ClaimMemory memory;
    private final Takeover takeover;
    private final ClaimReading reading;
    private final InstantSource clock;

    public SessionStart(
            ExactlyOnce guarantee, PositionsTopic topic, DeliveringRun run, ClaimMemory memory, Takeover takeover)
            throws InterruptedException {
        this.bootstrapServers = takeover.bootstrapServers();
        this.topic = topic;
        this.run = run;
        this.memory = memory;
        this.takeover = takeover;
        this.clock = InstantSource.system();
        if (guarantee.orders().adopt().isEmpty() && run.instance().adopted().isPresent()) {
            keep(run.instance().withAdopted(Optional.empty()));
        }
        this.reading = new ClaimReading(topic, takeover.clients(), run, guarantee.orders(), clock);
    }

    /** Decides under which name the session continues, and has the checkpoint count the start. */
    public Beginning decide() throws ExecutionException, InterruptedException {
        Decided decided = reading.decide(memory.uncommittedMisleads());
        StartTrace.phase("Kafka: claims");
        if (!memory.isStarted()) {
            Map<String, Claim> claims = decided.contents().claims();
            long starts = Math.max(
                    starts(claims.get(decided.goOn().name())),
                    decided.goOn().former().map(claims::get).map(Claim::starts).orElse(0L));
            keep(run.instance().started(starts, RANDOM));
            memory.started();
        }
        return new Beginning(decided.goOn(), decided.topics());
    }

    private static long starts(Claim claim) {
        return claim == null ? 0 : claim.starts();
    }

    /**
     * Takes the name over and claims it.
     *
     * @param producer of the name that was decided on; it has sent nothing yet
     * @param topics those that records have named in this run
     */
    public Started begin(WindowProducer producer, GoOn first, Set<String> topics)
            throws ExecutionException, InterruptedException {
        PositionRecords records = new PositionRecords(topic.partition(), first.name());
        if (first.former().isPresent()) {
            takeover.ofFormer(
                    new PositionRecords(topic.partition(), first.former().get()),
                    first.former().get());
        }
        takeover.of(producer, records, first.name());
        StartTrace.phase("Kafka: transactions taken over");
        boolean isLeftOpen = first.copied().isPresent()
                && takeover.sayWhatIsLeft(
                        first.copied().get(),
                        run.checkpoint()
                                .map(path -> ByteText.shellWord(NativePath.printable(path)))
                                .orElse("PATH"));
        Decided decided = reading.decide(true);
        StartTrace.phase("Kafka: positions");
        GoOn goOn = decided.goOn();
        if (!goOn.name().equals(first.name()) || !goOn.source().equals(first.source())) {
            memory.uncommittedMislead();
            throw DeliveryException.retryable(
                    "Kafka at %s: claims in topic '%s' have changed during this start"
                            .formatted(bootstrapServers, topic.partition().topic()),
                    null);
        }
        TopicContents contents = decided.contents();
        number(goOn, contents);
        ClaimTransaction transaction = new ClaimTransaction(records, goOn.name(), contents, clock.instant());
        Claim claim = reading.claim(clock.instant()).withTopics(topics);
        transaction.claim(claim);
        Map<FileIdentity, StoredPosition> positions = new HashMap<>(positions(goOn, contents, isLeftOpen));
        goOn.former()
                .ifPresent(
                        former -> transaction.move(new PositionRecords(topic.partition(), former), former, positions));
        if (goOn.copied().isPresent()) {
            transaction.add(positions);
        } else {
            Set<FileIdentity> others = ofOtherRules(positions);
            sayThatTheyDoNotCount(
                    goOn.name(),
                    others.stream()
                            .map(positions::get)
                            .map(StoredPosition::path)
                            .sorted()
                            .toList(),
                    OF_ANOTHER_CONFIGURATION);
            transaction.remove(others);
            positions.keySet().removeAll(others);
        }
        if (isIndependentOn(goOn, contents)) {
            Map<FileIdentity, StoredPosition> places = places();
            transaction.add(places);
            positions.putAll(places);
        }
        transaction.removeLeftovers(topic.partition());
        takeover.commit(producer, transaction.records());
        boolean passing = run.instance().standing() == Standing.PASSING;
        Instance held = run.instance()
                .named(goOn.name(), passing ? Standing.PASSING : Standing.HELD)
                .withAdopted(goOn.adopted());
        if (!held.equals(run.instance())) {
            keep(held);
        }
        memory.claimed(goOn.name());
        StartTrace.phase("Kafka: claimed");
        if (!memory.isAnnounced()) {
            // The start is counted now, so the second decision does not see a copy where the first one did.
            GoOn told = first.warnings().isEmpty() ? goOn : first;
            // A replay has no checkpoint, as it should.
            (run.isReplay() ? List.<String>of() : told.warnings()).forEach(LOG::warn);
            told.notices().forEach(LOG::info);
            LOG.info("delivers to Kafka at {} as instance {}", bootstrapServers, goOn.name());
            memory.announced();
        }
        Map<FileIdentity, DeliveredPosition> delivered = new HashMap<>();
        positions.forEach((file, stored) -> delivered.put(file, stored.position()));
        ClaimRenewal renewal = new ClaimRenewal(run, claim, System::nanoTime);
        return new Started(delivered, records, passing, renewal);
    }

    /** Whether this is the first start of a checkpoint with places of its own, under a name that knows none. */
    private boolean isIndependentOn(GoOn goOn, TopicContents contents) {
        return run.instance().standing() == Standing.INDEPENDENT
                && goOn.former().isEmpty()
                && goOn.copied().isEmpty()
                && contents.positions(goOn.name()).isEmpty();
    }

    /** The places of the checkpoint as positions: if it is lost, the next one continues from there. */
    private Map<FileIdentity, StoredPosition> places() {
        Map<FileIdentity, StoredPosition> places = new HashMap<>();
        run.places()
                .forEach((file, place) -> places.put(
                        file,
                        new StoredPosition(NativePath.printable(place.path()), place.position(), clock.instant())));
        return places;
    }

    /** Gives files that were reset a number above that of every position. */
    private void number(GoOn goOn, TopicContents contents) throws InterruptedException {
        if (!goOn.startsAnew() && !run.hasPendingResets()) {
            return;
        }
        int highest = Math.max(run.highestResets(), contents.highestResets(goOn.name()));
        for (String other : List.of(goOn.former().orElse(""), goOn.copied().orElse(""))) {
            highest = Math.max(highest, contents.highestResets(other));
        }
        int number = highest + 1;
        if (goOn.startsAnew()) {
            durably(() -> run.startAnew(number));
        }
        if (run.hasPendingResets()) {
            durably(() -> run.numberResets(number));
        }
    }

    /** @param isLeftOpen whether a person may still abort records that the positions count as delivered */
    private Map<FileIdentity, StoredPosition> positions(GoOn goOn, TopicContents contents, boolean isLeftOpen) {
        if (goOn.former().isPresent()) {
            return contents.positions(goOn.former().get());
        }
        Map<FileIdentity, StoredPosition> own = contents.positions(goOn.name());
        if (goOn.copied().isPresent()) {
            CopiedPositions copied =
                    CopiedPositions.of(contents.positions(goOn.copied().get()), reading.files(), !isLeftOpen);
            sayThatTheyDoNotCount(
                    goOn.copied().get(),
                    copied.left(),
                    isLeftOpen ? "a transaction that they count may be aborted" : OF_ANOTHER_CONFIGURATION);
            return copied.positions();
        }
        return own;
    }

    private static void sayThatTheyDoNotCount(String name, List<String> paths, String why) {
        if (!paths.isEmpty()) {
            LOG.warn(
                    "positions of instance '{}' do not count for {}: {}; records after this checkpoint's place there"
                            + " may be sent again",
                    name,
                    String.join(", ", paths),
                    why);
        }
    }

    /**
     * Two configurations of a version without names may have shared one: the rules of this one have not seen what the
     * other has passed.
     */
    private Set<FileIdentity> ofOtherRules(Map<FileIdentity, StoredPosition> positions) {
        if (run.instance().standing() != Standing.UNNAMED) {
            return Set.of();
        }
        Set<FileIdentity> others = new HashSet<>();
        positions.forEach((file, stored) -> {
            KnownFile known = reading.inodes().get(file.ofGeneration(0));
            Set<String> rules = stored.position().rules();
            if (known != null && !rules.isEmpty() && Collections.disjoint(known.rules(), rules)) {
                others.add(file);
            }
        });
        return others;
    }

    private void keep(Instance next) throws InterruptedException {
        durably(() -> run.keep(next));
    }

    /** A step that the checkpoint makes durable. */
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private static void durably(Step step) throws InterruptedException {
        try {
            step.run();
        } catch (IOException e) {
            throw DeliveryException.fatal("the checkpoint cannot be written: " + e.getMessage(), e);
        }
    }
}
