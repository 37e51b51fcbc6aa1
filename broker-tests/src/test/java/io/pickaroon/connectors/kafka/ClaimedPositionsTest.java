package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.admin.KeptPositions;
import io.pickaroon.connectors.kafka.admin.KeptPositions.Kept;
import io.pickaroon.connectors.kafka.positions.PositionCodec;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.start.SessionStart;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.DeliveringRun.Place;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** What becomes of positions when their name is claimed, moves or ends, at a real broker. */
class ClaimedPositionsTest extends ClaimSessions {
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
    void aNewInstanceTellsAllItsPlacesSoThatALossDoublesNothing() throws Exception {
        DeliveredPosition place = new DeliveredPosition(new Position(7, true), Set.of(RULE), 7);
        TestRun separate = TestRun.fresh("host-1", Standing.INDEPENDENT);
        separate.places.put(FILE, new Place(Path.of("/a.log"), place));
        try (KafkaSink sink = sink(separate, none())) {
            assertThat(positions(sink)).containsExactly(Map.entry(FILE, place.position()));
        }
        assertThat(stored(separate.instance().name(), FILE)).isEqualTo(place);

        TestRun lost = TestRun.fresh("host-1", Standing.NEW);
        try (KafkaSink sink = sink(lost, none())) {
            assertThat(positions(sink)).containsExactly(Map.entry(FILE, place.position()));
        }
        assertThat(lost.instance().name()).isEqualTo(separate.instance().name());
    }

    @Test
    void nothingIsSentBeforeTheCheckpointHasRenewedTheClaim() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = sink(run, none())) {
            StepVerifier.create(sink.resume(_ -> {
                        run.isFull = true;
                        return windows(log);
                    }))
                    .expectErrorSatisfies(fatal("the checkpoint cannot be written: no space"))
                    .verify(PATIENCE);
        }
        assertThat(broker.values(name)).isEmpty();
        assertThat(claims().get(run.instance().name()).start().renewals()).isZero();
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
}
