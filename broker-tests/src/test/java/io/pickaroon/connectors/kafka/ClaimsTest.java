package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.Claim.Start;
import io.pickaroon.connectors.kafka.claim.ClaimCodec;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.start.SessionStart;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Under which name a start goes on, at a real broker, and when it is refused. */
class ClaimsTest extends ClaimSessions {
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
    void killedBeforeItNotesItsNameItGoesOnUnderIt() throws Exception {
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
    void aNewInstanceStaysOneUntilItsFirstClaimIsCommitted() throws Exception {
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
    void startedAsOftenAsItsCopyItIsAskedToo() throws Exception {
        start(run, none());
        TestRun copy = run.copy();
        start(copy, none());
        run.keep(run.instance().started(1, TestRun.RANDOM));
        assertThat(run.instance().starts()).isEqualTo(copy.instance().starts());
        expect(run, none(), undecided("started elsewhere with a copy"));
    }

    @Test
    void aCopyOfARunningOneIsAskedIfTheOriginalHasDeliveredMore() throws Exception {
        AtomicReference<TestRun> copy = new AtomicReference<>();
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = sink(run, none())) {
            sink.resume(_ -> {
                        copy.set(run.copy());
                        return windows(log);
                    })
                    .blockLast(PATIENCE);
        }
        String held = run.instance().name();
        assertThat(copy.get().instance().starts()).isEqualTo(run.instance().starts());
        assertThat(claims().get(held).start().renewals()).isEqualTo(1);
        for (int attempt = 0; attempt < 5; attempt++) {
            expect(
                    copy.get(),
                    none(),
                    undecided("has gone on delivering", "--adopt " + held, "checkpoint new-instance"));
        }
        start(run, none());
        assertThat(claims().get(held).start().renewals()).isZero();
        expect(copy.get(), none(), undecided("started elsewhere with a copy"));
        start(copy.get(), adopt(held));
    }

    @Test
    void killedAfterItsCheckpointHasRenewedTheClaimItGoesOn() throws Exception {
        start(run, none());
        run.keep(run.instance().renewed());
        start(run.copy(), none());
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
        Claim aborted = new Claim(7, "host-2", "/elsewhere", new Start(1, 1, Instant.now()), Set.of("rule-2"), false);
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
}
