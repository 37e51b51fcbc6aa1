package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.admin.KeptPositions;
import io.pickaroon.connectors.kafka.admin.KeptPositions.Kept;
import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.ClaimCodec;
import io.pickaroon.connectors.kafka.positions.PositionCodec;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.kafka.start.SessionStart;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** What a start does about names, at a real broker, and what it leaves in the topic. */
class ClaimsTest extends ExactlyOnceSessions {
    private static final String RULE = "rule-1";
    private static final FileIdentity FILE = new FileIdentity(1, 2, 3);

    private final TestRun run = TestRun.fresh("host-1", Standing.NEW);

    @BeforeEach
    void makeTopic() throws Exception {
        broker.createTopic(name, 1, Map.of());
        run.files.put(FILE, new KnownFile(Set.of(RULE), OptionalLong.empty()));
    }

    @Test
    void twoCheckpointsOnOneHostDeliverSideBySide() throws Exception {
        TestRun other = TestRun.fresh("host-1", Standing.NEW);
        other.path = Path.of("/elsewhere/checkpoint");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink first = sink(run, none());
                KafkaSink second = sink(other, none())) {
            Sinks.Empty<Void> end = Sinks.empty();
            CompletableFuture<Void> firstEnds = CompletableFuture.runAsync(() -> first.resume(
                            _ -> windows(log).concatWith(end.asMono().then(Mono.empty())))
                    .blockLast(PATIENCE));
            Awaitility.await().atMost(PATIENCE).until(() -> broker.values(name).size() == 10);

            assertThat(positions(second)).isEmpty();
            second.deliver(windows(log)).blockLast(PATIENCE);
            end.tryEmitEmpty();
            firstEnds.get(60, TimeUnit.SECONDS);
            assertThat(broker.values(name)).hasSize(20);
            assertThat(claims().keySet())
                    .containsExactlyInAnyOrder(
                            run.instance().name(), other.instance().name());
        }
    }

    @Test
    void aStartIsCountedDurablyBeforeTheTopicIsToldAndTheNameHeldAfter() throws Exception {
        start(run, none());
        Claim first = claims().get(run.instance().name());
        assertThat(run.kept).extracting(Instance::standing).containsExactly(Standing.NEW, Standing.HELD);
        assertThat(run.kept).extracting(Instance::starts).containsExactly(1L, 1L);
        assertThat(first.starts()).isEqualTo(1);
        assertThat(first.checkpointId()).isEqualTo(run.instance().checkpointId());
        assertThat(first.rules()).containsExactly(RULE);

        run.host = "another-host";
        start(run, none());
        assertThat(run.instance().name()).startsWith("host-1-");
        assertThat(claims()).containsOnlyKeys(run.instance().name());
        assertThat(claims().get(run.instance().name()))
                .extracting(Claim::starts, Claim::host)
                .containsExactly(2L, "another-host");
    }

    @Test
    void laterSessionsOfOneProcessWriteNothing() {
        try (KafkaSink sink = sink(run, none())) {
            positions(sink);
            int records = broker.read(positionsTopic()).size();
            positions(sink);
            assertThat(broker.read(positionsTopic())).hasSize(records);
            assertThat(run.instance().starts()).isEqualTo(1);
        }
    }

    @Test
    void killedBeforeItNotesItsNameItGoesOnUnderIt() {
        start(run, none());
        Instance claimed = run.instance();
        TestRun killed = run.copy();
        killed.keep(run.kept.getFirst());
        assertThat(killed.instance().standing()).isEqualTo(Standing.NEW);
        start(killed, none());
        assertThat(killed.instance().name()).isEqualTo(claimed.name());
        assertThat(killed.instance().standing()).isEqualTo(Standing.HELD);
    }

    /** As 'checkpoint new-instance' makes it, at the path of the original and with its files. */
    @Test
    void aNewInstanceStaysOneUntilItsFirstClaimIsCommittedWhateverEndsItBefore() throws Exception {
        start(run, none());
        TestRun clone = TestRun.fresh("host-1", Standing.INDEPENDENT);
        clone.files.putAll(run.files);
        TestRun copy = clone.copy();
        Orders taken = named(run.instance().name());
        assertThatThrownBy(() -> start(clone, taken)).hasMessageContaining("is in use by another checkpoint");
        assertThat(clone.instance().standing()).isEqualTo(Standing.INDEPENDENT);

        start(clone, none());
        String name = clone.instance().name();
        assertThat(name).isNotEqualTo(run.instance().name());
        TestRun killed = clone.copy();
        killed.keep(clone.kept.getFirst());
        assertThat(killed.instance().standing()).isEqualTo(Standing.INDEPENDENT);
        start(killed, none());
        assertThat(killed.instance().name()).isEqualTo(name);

        assertThatThrownBy(() -> start(copy, none())).hasMessageContaining("started elsewhere with a copy");
        start(run, none());
        assertThat(claims()).containsOnlyKeys(run.instance().name(), name);
    }

    @Test
    void ofACheckpointAndItsCopyTheOneThatStartsLaterIsAsked() {
        start(run, none());
        TestRun copy = run.copy();
        copy.host = "host-2";
        start(copy, none());
        expect(run, none(), undecided("started elsewhere with a copy", "host-2", "--adopt", "checkpoint new-instance"));
        start(copy, none());

        start(run, adopt(run.instance().name()));
        expect(copy, none(), undecided("host-1", "checkpoint new-instance"));
        expect(copy, none(), undecided("started 4 times"));
    }

    @Test
    void startedAsOftenAsItsCopyItIsAskedToo() {
        start(run, none());
        TestRun copy = run.copy();
        start(copy, none());
        run.keep(run.instance().started(1, TestRun.RANDOM));
        assertThat(run.instance().starts()).isEqualTo(copy.instance().starts());
        expect(run, none(), undecided("started elsewhere with a copy"));
    }

    @Test
    void anAdoptedNameLeavesItsLiveWriter() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink old = sink(run, none())) {
            Sinks.Many<ScannedWindow> more = Sinks.many().unicast().onBackpressureBuffer();
            AtomicReference<Throwable> end = new AtomicReference<>();
            old.resume(_ -> windows(log).concatWith(more.asFlux())).subscribe(_ -> {}, end::set);
            Awaitility.await().atMost(PATIENCE).until(() -> broker.values(name).size() == 10);

            TestRun adopter = TestRun.fresh("host-2", Standing.NEW);
            try (KafkaSink sink = sink(adopter, adopt(run.instance().name()))) {
                assertThat(positions(sink)).containsOnlyKeys(log.file().identity());
            }
            windows(log).subscribe(more::tryEmitNext);
            Awaitility.await().atMost(PATIENCE).until(() -> end.get() != null);
            assertThat(end.get())
                    .hasMessageContaining(
                            "has taken over instance '" + run.instance().name() + "'");
            assertThat(broker.values(name)).hasSize(10);

            expect(run, none(), undecided("taken over by another checkpoint", "host-2"));
            start(adopter, adopt(adopter.instance().name()));
            assertThat(adopter.instance().adopted()).contains(adopter.instance().name());

            start(run, adopt(run.instance().name()));
            expect(adopter, adopt(adopter.instance().name()), undecided("start once without --adopt"));
            expect(adopter, none(), undecided("taken over"));
            start(adopter, adopt(adopter.instance().name()));
        }
    }

    @Test
    void aLostCheckpointGoesOnFromKafkaAndStartedAnewItSendsAgain() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10))) {
            deliver(run, none(), log);
            TestRun lost = TestRun.fresh("host-1", Standing.NEW);
            try (KafkaSink sink = sink(lost, none());
                    CapturedLog said = new CapturedLog(SessionStart.class.getName())) {
                assertThat(positions(sink)).containsOnlyKeys(log.file().identity());
                assertThat(lost.instance().name()).isEqualTo(run.instance().name());
                assertThat(said.messages(Level.WARN))
                        .singleElement()
                        .asString()
                        .contains("this checkpoint is new", log.file().path() + " from byte", "--start-anew");
            }

            TestRun withOtherRules = TestRun.fresh("host-1", Standing.NEW);
            withOtherRules.rules = Set.of("rule-2");
            expect(withOtherRules, none(), undecided("--adopt " + run.instance().name(), "--start-anew"));
            assertThat(withOtherRules.instance().standing()).isEqualTo(Standing.NEW);

            deliver(withOtherRules, anew(), log);
            assertThat(withOtherRules.instance().resets()).isEqualTo(1);
            assertThat(stored(run.instance().name(), log.file().identity()).resets())
                    .isEqualTo(1);
            int resets = withOtherRules.instance().resets();
            start(withOtherRules, anew());
            assertThat(withOtherRules.instance().resets()).isEqualTo(resets);
        }
    }

    @Test
    void aMovedPathIsAskedAbout() throws Exception {
        run.path = directory.resolve("gone");
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10))) {
            run.rules = log.windows(1 << 20).blockFirst().rules();
            deliver(run, none(), log);
            TestRun moved = TestRun.fresh("host-1", Standing.NEW);
            moved.files.put(log.file().identity(), new KnownFile(run.rules, OptionalLong.empty()));
            expect(moved, none(), undecided("no longer where it was", directory.resolve("gone") + " on host host-1"));
            try (KafkaSink sink = sink(moved, adopt(run.instance().name()))) {
                assertThat(positions(sink)).hasSize(1);
            }
        }
    }

    @Test
    void aCheckpointThatCannotBeLookedAtIsNotTakenForGone() throws Exception {
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        Path notUtf8 = NativePath.of(ByteText.decode("k\u00e4se".getBytes(StandardCharsets.ISO_8859_1)));
        Path nameless = Files.createFile(directory.resolve(notUtf8));
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10))) {
            run.rules = log.windows(1 << 20).blockFirst().rules();
            for (Path path : List.of(loop.resolve("checkpoint"), nameless)) {
                TestRun before = TestRun.fresh("host-1", Standing.NEW);
                before.rules = run.rules;
                before.path = path;
                deliver(before, anew(), log);
            }
            run.files.put(log.file().identity(), new KnownFile(run.rules, OptionalLong.empty()));
            start(run, none());
            assertThat(run.instance().standing()).isEqualTo(Standing.HELD);
            assertThat(claims().values()).extracting(Claim::path).contains(directory + "/k\\xe4se");
        }
    }

    @Test
    void aClaimThatWasAbortedDoesNotCount() throws Exception {
        Claim aborted = new Claim(7, "host-2", "/elsewhere", 1, 1, Set.of("rule-2"), false, Instant.now());
        broker.createTopic(positionsTopic(), 1, Map.of("cleanup.policy", "compact"));
        try (KafkaProducer<byte[], byte[]> producer = transactionalProducer()) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(positionsTopic(), 0, ClaimCodec.key(name), ClaimCodec.value(aborted)));
            producer.flush();
            producer.abortTransaction();
        }
        start(run, named(name));
        assertThat(claims().get(name).checkpointId()).isEqualTo(run.instance().checkpointId());
    }

    @Test
    void anotherInstanceNameTakesThePositionsAlong() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10))) {
            deliver(run, none(), log);
            String before = run.instance().name();
            for (Orders orders : List.of(named(name + "-1"), named(name + "-2"), none())) {
                try (KafkaSink sink = sink(run, orders)) {
                    assertThat(positions(sink)).containsOnlyKeys(log.file().identity());
                }
            }
            assertThat(run.instance().name()).isEqualTo(name + "-2");
            assertThat(kept())
                    .extracting(Kept::name)
                    .containsExactly(name + "-2")
                    .doesNotContain(before);
        }
    }

    @Test
    void whatTheFormerNameHadBegunIsEndedBeforeItsPositionsAreRead() throws Exception {
        start(run, none());
        String former = run.instance().name();
        try (KafkaProducer<byte[], byte[]> killed = producer(former)) {
            killed.initTransactions();
            killed.beginTransaction();
            killed.send(new ProducerRecord<>(
                    positionsTopic(), 0, new PositionCodec(former).key(FILE), value(7, Set.of(RULE), 0)));
            killed.flush();
            long startNanos = System.nanoTime();
            try (KafkaSink sink = sink(run, named(name))) {
                assertThat(positions(sink)).isEmpty();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(25));
        }
    }

    @Test
    void aRunWithoutCheckpointLeavesNothing() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10))) {
            for (int i = 0; i < 2; i++) {
                deliver(TestRun.fresh("host-1", Standing.PASSING), none(), log);
                assertThat(kept()).isEmpty();
            }
            assertThat(broker.values(name)).hasSize(20);
        }
    }

    @Test
    void whatOneLeftThatWasKilledIsRemovedAfterADayAndNeverCounts() throws Exception {
        Instant now = Instant.now();
        commit("passing-old", passing("passing-old", now.minus(Duration.ofHours(25))), FILE);
        commit("passing-young", passing("passing-young", now.minus(Duration.ofHours(23))), FILE);
        start(run, none());
        assertThat(kept())
                .extracting(Kept::name)
                .containsExactlyInAnyOrder(run.instance().name(), "passing-young");
    }

    @Test
    void anEarlierVersionsCheckpointTakesItsNameAndItsPositions() throws Exception {
        commit("host-1", null, FILE);
        TestRun old = TestRun.fresh("host-1", Standing.UNNAMED);
        try (KafkaSink sink = sink(old, none())) {
            assertThat(positions(sink)).containsOnlyKeys(FILE);
        }
        assertThat(old.instance().name()).isEqualTo("host-1");
        assertThat(claims()).containsOnlyKeys("host-1");
    }

    @Test
    void theSecondOfTwoThatSharedANameCopiesWhatIsCertainlyItsOwn() throws Exception {
        FileIdentity mine = new FileIdentity(1, 10, 1);
        FileIdentity others = new FileIdentity(1, 11, 1);
        FileIdentity both = new FileIdentity(1, 12, 1);
        TestRun first = TestRun.fresh("host-1", Standing.UNNAMED);
        TestRun second = TestRun.fresh("host-1", Standing.UNNAMED);
        second.path = Path.of("/elsewhere/checkpoint");
        for (FileIdentity file : List.of(mine, others, both)) {
            second.files.put(file, new KnownFile(Set.of(RULE), OptionalLong.of(50)));
        }
        commit(Map.of(
                key("host-1", mine), value(100, Set.of(RULE), 50),
                key("host-1", others), value(100, Set.of("rule-2"), 0),
                key("host-1", both), value(100, Set.of(RULE), 51)));
        start(first, none());
        try (KafkaSink sink = sink(second, none());
                CapturedLog said = new CapturedLog(SessionStart.class.getName())) {
            assertThat(positions(sink)).containsOnlyKeys(mine);
            assertThat(String.join("\n", said.messages(Level.WARN)))
                    .contains("was claimed by another one", "may be sent again");
        }
        assertThat(second.instance().name()).startsWith("host-1-");
        assertThat(claims()).containsOnlyKeys("host-1", second.instance().name());
    }

    @Test
    void whatAnotherConfigurationHadPassedUnderASharedNameDoesNotCount() throws Exception {
        TestRun old = TestRun.fresh("host-1", Standing.UNNAMED);
        old.files.put(FILE, new KnownFile(Set.of(RULE), OptionalLong.of(5)));
        commit(Map.of(key("host-1", FILE), value(100, Set.of("rule-2"), 0)));
        for (int start = 0; start < 2; start++) {
            try (KafkaSink sink = sink(old, none());
                    CapturedLog said = new CapturedLog(SessionStart.class.getName())) {
                assertThat(positions(sink)).isEmpty();
                assertThat(said.messages(Level.WARN)).hasSize(start == 0 ? 1 : 0);
            }
        }
    }

    @Test
    void filesThatWereResetGetANumberAboveEveryPosition() throws Exception {
        commit(Map.of(key("host-1", FILE), value(100, Set.of(RULE), 0, 4)));
        TestRun old = TestRun.fresh("host-1", Standing.UNNAMED);
        old.files.put(FILE, new KnownFile(Set.of(RULE), OptionalLong.of(5)));
        old.pendingResets = true;
        start(old, none());
        assertThat(old.resets(FILE)).isEqualTo(5);
        assertThat(old.pendingResets).isFalse();
    }

    @Test
    void aClaimOfALaterVersionIsNeverReadOver() throws Exception {
        commit(Map.of("claim:" + run.instance().name(), "{\"version\":2}".getBytes(StandardCharsets.UTF_8)));
        expect(run, none(), fatal("claim", "version 2"));
        assertThat(kept())
                .singleElement()
                .satisfies(kept -> assertThat(kept.problem().orElseThrow()).contains("claim", "version 2"));
    }

    @Test
    void whatCannotBeUnderstoodNoLongerMattersOnceItIsRemoved() throws Exception {
        Map<String, byte[]> removed = new HashMap<>();
        for (String key :
                List.of("claim:" + run.instance().name(), run.instance().name() + "/of-a-later-version")) {
            commit(Map.of(key, "{\"version\":2}".getBytes(StandardCharsets.UTF_8)));
            removed.put(key, null);
        }
        expect(run, none(), fatal("cannot be understood"));
        commit(removed);
        start(run, none());
        assertThat(kept()).extracting(Kept::problem).containsExactly(Optional.empty());
    }

    @Test
    void whatIsForgottenIsStoppedFirst() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10))) {
            deliver(run, none(), log);
            try (KafkaProducer<byte[], byte[]> alive = producer(run.instance().name())) {
                alive.initTransactions();
                new KeptPositions(settings(none())).forget(run.instance().name());
                alive.beginTransaction();
                alive.send(new ProducerRecord<>(positionsTopic(), 0, new byte[] {1}, new byte[] {1}));
                assertThatThrownBy(alive::commitTransaction).isInstanceOf(KafkaException.class);
            }
            assertThat(kept()).isEmpty();
        }
    }

    private static Flux<ScannedWindow> windows(LogFixture log) {
        try {
            return log.windows(1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deliver(TestRun by, Orders orders, LogFixture log) {
        try (KafkaSink sink = sink(by, orders)) {
            sink.deliver(windows(log)).blockLast(PATIENCE);
        }
    }

    private void start(TestRun by, Orders orders) {
        try (KafkaSink sink = sink(by, orders)) {
            positions(sink);
        }
    }

    private void expect(TestRun by, Orders orders, Consumer<Throwable> error) {
        try (KafkaSink sink = sink(by, orders)) {
            StepVerifier.create(sink.deliver(Flux.empty()))
                    .expectErrorSatisfies(error)
                    .verify(PATIENCE);
        }
    }

    private static Consumer<Throwable> undecided(String... words) {
        return error -> assertThat(error)
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.needsDecision()).isTrue())
                .hasMessageContainingAll(words);
    }

    private KafkaSink sink(TestRun by, Orders orders) {
        KafkaSink sink = new KafkaSink(settings(orders));
        sink.attach(by);
        return sink;
    }

    private KafkaSinkSettings settings(Orders orders) {
        return settings(
                new ExactlyOnce(
                        orders, positionsTopic(), 16L * 1024 * 1024, Duration.ofMillis(5), Duration.ofSeconds(1)),
                Map.of(),
                new RefusedRecords.Stop());
    }

    private static Orders none() {
        return Orders.named(Optional.empty());
    }

    private static Orders named(String instance) {
        return Orders.named(Optional.of(instance));
    }

    private static Orders adopt(String other) {
        return new Orders(Optional.empty(), Optional.of(other), false, "-c a.yaml");
    }

    private static Orders anew() {
        return new Orders(Optional.empty(), Optional.empty(), true, "-c a.yaml");
    }

    private List<Kept> kept() throws InterruptedException {
        return new KeptPositions(settings(none())).all();
    }

    private Map<String, Claim> claims() throws InterruptedException {
        Map<String, Claim> claims = new HashMap<>();
        kept().forEach(kept -> kept.claim().ifPresent(claim -> claims.put(kept.name(), claim)));
        return claims;
    }

    private DeliveredPosition stored(String of, FileIdentity file) throws InterruptedException {
        return kept().stream()
                .filter(kept -> kept.name().equals(of))
                .findFirst()
                .orElseThrow()
                .positions()
                .get(file)
                .position();
    }

    private static Claim passing(String of, Instant claimedAt) {
        return new Claim(of.hashCode(), "host-1", "", 1, 1, Set.of(RULE), true, claimedAt);
    }

    private void commit(String of, Claim claim, FileIdentity file) throws Exception {
        Instant at = claim == null ? Instant.now() : claim.claimedAt();
        byte[] value = new PositionCodec(of)
                .value("/a.log", new DeliveredPosition(new Position(9, true), Set.of(RULE), 0), at);
        commit(
                claim == null
                        ? Map.of(key(of, file), value)
                        : Map.of(key(of, file), value, "claim:" + of, ClaimCodec.value(claim)));
    }

    private static String key(String of, FileIdentity file) {
        return new String(new PositionCodec(of).key(file), StandardCharsets.UTF_8);
    }

    private static byte[] value(long offset, Set<String> rules, long rulesSince) {
        return value(offset, rules, rulesSince, 0);
    }

    private static byte[] value(long offset, Set<String> rules, long rulesSince, int resets) {
        DeliveredPosition position =
                new DeliveredPosition(new Position(offset, true), rules, rulesSince, LineEnds.UNKNOWN, resets);
        return new PositionCodec("any").value("/a.log", position, Instant.now());
    }

    private void commit(Map<String, byte[]> records) throws Exception {
        broker.createTopic(positionsTopic(), 1, Map.of("cleanup.policy", "compact"));
        try (KafkaProducer<byte[], byte[]> producer = transactionalProducer()) {
            producer.initTransactions();
            producer.beginTransaction();
            records.forEach((key, value) -> producer.send(
                    new ProducerRecord<>(positionsTopic(), 0, key.getBytes(StandardCharsets.UTF_8), value)));
            producer.commitTransaction();
        }
    }

    private KafkaProducer<byte[], byte[]> producer(String of) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        ExactlyOnce.transactionalId(of)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
