package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.RunState;
import io.pickaroon.processor.checkpoint.CheckpointEntry.Content;
import io.pickaroon.processor.checkpoint.CheckpointEntry.Waiting;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSectionsTest {
    private static final FileIdentity SHOP = new FileIdentity(1, 2, 3);
    private static final FileIdentity MAIL = new FileIdentity(1, 4, 3);
    private static final FileIdentity NEVER_SEEN = new FileIdentity(1, 5, 3);
    private static final LineEnds LINE_ENDS = new LineEnds(8, 9);

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("checkpoint");
    }

    @Test
    void aNewCheckpointHasAnIdentityAndANameAtOnce() throws IOException {
        Instance first = reopened(_ -> {}).sections().instance().orElseThrow();
        assertThat(first.standing()).isEqualTo(Standing.NEW);
        assertThat(first.name()).matches("[A-Za-z0-9._-]+-[0-9a-f]{8}");
        assertThat(reopened(_ -> {}).sections().instance()).contains(first);
        Files.delete(path);
        Instance second = reopened(_ -> {}).sections().instance().orElseThrow();
        assertThat(second.checkpointId()).isNotEqualTo(first.checkpointId());
        assertThat(second.name()).isNotEqualTo(first.name());
    }

    @Test
    void keepsWhatItWasToldOfTheInstance() throws IOException {
        Instance held = Instance.fresh("h", Standing.NEW, new Random(1))
                .named("web", Standing.HELD)
                .started(6, new Random(2))
                .withAdopted(Optional.of("lost"));
        assertThat(reopened(file -> file.progress().keep(held)).sections().instance())
                .contains(held);
        Instance renewed = held.renewed().renewed();
        assertThat(reopened(file -> file.progress().keep(renewed)).sections().instance())
                .contains(renewed);
        Instance restarted = renewed.started(0, new Random(3));
        assertThat(reopened(file -> file.progress().keep(restarted)).sections().instance())
                .contains(restarted);
        assertThat(restarted.start().renewals()).isZero();
    }

    @Test
    void theFirstStartOfAnInputStays() throws IOException {
        Instant first = Instant.parse("2026-03-01T12:00:00.5Z");
        reopened(file -> file.progress().noteInputStarts(Map.of("a", first)));
        Checkpoint later =
                reopened(file -> file.progress().noteInputStarts(Map.of("a", first.plusSeconds(9), "b", first)));
        assertThat(later.sections().inputStarts()).isEqualTo(Map.of("a", first, "b", first));
    }

    @Test
    void keepsTheRulesOfTheLatestRun() throws IOException {
        KnownRule old = new KnownRule("in", "errors", "00");
        KnownRule current = new KnownRule("in", "errors", "11");
        assertThat(reopened(file -> file.progress().keepRules(Set.of(old)))
                        .sections()
                        .rules())
                .contains(Set.of(old));
        assertThat(reopened(file -> file.progress().keepRules(Set.of(current)))
                        .sections()
                        .rules())
                .contains(Set.of(current));
    }

    @Test
    void aCheckpointOfAnEarlierVersionDoesNotKnowTheDefaultHeadersUntilARunHasUsedIt() throws IOException {
        assertThat(reopened(_ -> {}).sections().hasDefaultHeaders()).isTrue();
        overwrite(new Checkpoint(1, Instant.EPOCH, Map.of(SHOP, entry(5)), CheckpointSections.NONE));
        assertThat(reopened(file -> file.progress().advance(SHOP, entry(6)))
                        .sections()
                        .hasDefaultHeaders())
                .isFalse();
        try (RunState state = RunState.open(path)) {
            assertThat(state.noteDefaultHeaders()).isTrue();
        }
        assertThat(reopened(_ -> {}).sections().hasDefaultHeaders()).isFalse();
        assertThat(reopened(file -> file.progress().keepDefaultHeaders())
                        .sections()
                        .hasDefaultHeaders())
                .isTrue();
        try (RunState state = RunState.open(path)) {
            assertThat(state.noteDefaultHeaders()).isFalse();
        }
    }

    @Test
    void ofACheckpointThatKnowsNoFileNothingWasSentWithOtherHeaders() throws IOException {
        reopened(_ -> {});
        overwrite(new Checkpoint(1, Instant.EPOCH, Map.of(), CheckpointSections.NONE));
        try (RunState state = RunState.open(path)) {
            assertThat(state.noteDefaultHeaders()).isFalse();
        }
        assertThat(RunState.none().noteDefaultHeaders()).isFalse();
    }

    /** Puts a checkpoint into the second slot, where it is the latest one. */
    private void overwrite(Checkpoint checkpoint) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int slotBytes = bytes.length / 2;
        CheckpointCodec.encode(
                checkpoint,
                512,
                slotBytes,
                ByteBuffer.wrap(bytes, slotBytes, slotBytes).slice());
        Files.write(path, bytes);
    }

    @Test
    void sectionsOfALaterVersionStayAsTheyAre() throws IOException {
        Map<String, ByteBuffer> later = Map.of("zebra", ByteBuffer.wrap(new byte[] {1, 0, -1}));
        Checkpoint made = reopened(_ -> {});
        CheckpointSections known = made.sections();
        CheckpointSections withLater = new CheckpointSections(
                known.instance(), known.inputStarts(), known.rules(), false, true, new TreeMap<>(later));
        overwrite(new Checkpoint(1, Instant.EPOCH, Map.of(), withLater));

        Checkpoint after = reopened(file -> file.progress().advance(SHOP, entry(5)));

        assertThat(after.sequence()).isEqualTo(2);
        assertThat(after.sections()).isEqualTo(withLater);
    }

    @Test
    void writesNothingForWhatItKnowsAlready() throws IOException {
        try (CheckpointFile file = CheckpointFile.open(path)) {
            file.progress().keepRules(Set.of());
            file.progress().noteInputStarts(Map.of("a", Instant.EPOCH));
            Checkpoint before = file.commit();
            file.progress().keep(file.instance());
            file.progress().keepRules(Set.of());
            file.progress().noteInputStarts(Map.of("a", Instant.MAX));
            assertThat(file.commit()).isSameAs(before);
        }
    }

    @Test
    void aFileThatIsResetIsReadAgainFromThereUnderTheNumberThatItGetsLater() throws IOException {
        reopened(file -> {
            file.progress().advance(SHOP, entry(500));
            file.progress().advance(MAIL, entry(700));
        });

        Checkpoint pending = reopened(file -> file.progress().reset(SHOP, new Position(200, true), LINE_ENDS));

        assertThat(pending.entries().get(SHOP).position()).isEqualTo(new Position(200, true));
        assertThat(pending.entries().get(SHOP).waiting().from()).isEqualTo(new Position(200, true));
        assertThat(pending.entries().get(SHOP).content().lineEnds()).isEqualTo(LINE_ENDS);
        assertThat(pending.reset(SHOP).isPending()).isTrue();
        assertThat(pending.reset(MAIL).isPending()).isFalse();
        assertThat(pending.reset(NEVER_SEEN).isPending()).isFalse();
        assertThat(pending.hasPendingResets()).isTrue();

        Checkpoint numbered = reopened(file -> file.progress().numberResets(4));

        assertThat(numbered.hasPendingResets()).isFalse();
        assertThat(numbered.reset(SHOP).number()).isEqualTo(4);
        assertThat(numbered.reset(MAIL).number()).isZero();
        assertThat(numbered.reset(NEVER_SEEN).number()).isZero();
        assertThat(numbered.highestResets()).isEqualTo(4);
        assertThat(numbered.entries().get(MAIL).position().offset()).isEqualTo(700);
    }

    @Test
    void whatWaitsForItsRotationBeforeTheResetGoesOnWaiting() throws IOException {
        CheckpointEntry waiting = new CheckpointEntry(
                Path.of("/a"),
                new Position(500, true),
                new Waiting(new Position(100, true), 77),
                new Content(600, LINE_ENDS),
                Optional.empty(),
                Reset.NEVER);
        reopened(file -> file.progress().advance(SHOP, waiting));

        CheckpointEntry after = reopened(file -> file.progress().reset(SHOP, new Position(200, true), LINE_ENDS))
                .entries()
                .get(SHOP);
        assertThat(after.waiting().from()).isEqualTo(new Position(100, true));
        assertThat(after.waiting().rules()).isEqualTo(77);

        CheckpointEntry further = reopened(file -> file.progress().reset(SHOP, Position.START, LINE_ENDS))
                .entries()
                .get(SHOP);
        assertThat(further.waiting().from()).isEqualTo(Position.START);
        assertThat(further.waiting().rules()).isZero();
    }

    @Test
    void aResetBeyondWhatWasReadIsRefused() throws IOException {
        try (CheckpointFile file = CheckpointFile.open(path)) {
            file.progress().advance(SHOP, entry(500));
            assertThatThrownBy(() -> file.progress().reset(SHOP, new Position(501, true), LINE_ENDS))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> file.progress().reset(MAIL, Position.START, LINE_ENDS))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aResetOfAllIsOneOfFilesWithoutAnEntryToo() throws IOException {
        reopened(file -> file.progress().advance(SHOP, entry(500)));

        Checkpoint pending = reopened(c -> c.progress().resetAll());
        assertThat(pending.reset(SHOP).isPending()).isTrue();
        assertThat(pending.reset(NEVER_SEEN).isPending()).isTrue();

        Checkpoint seenMeanwhile = reopened(file -> file.progress().advance(MAIL, entry(5)));
        assertThat(seenMeanwhile.reset(SHOP).isPending()).isTrue();

        Checkpoint numbered = reopened(file -> file.progress().numberResets(3));
        assertThat(numbered.hasPendingResets()).isFalse();
        assertThat(numbered.reset(SHOP).number()).isEqualTo(3);
        assertThat(numbered.reset(NEVER_SEEN).number()).isEqualTo(3);
    }

    @Test
    void startingAnewLeavesNothingPending() throws IOException {
        reopened(file -> file.progress().advance(SHOP, entry(500)));
        Checkpoint anew = reopened(file -> file.progress().startAnew(8));
        assertThat(anew.entries().get(SHOP).position()).isEqualTo(Position.START);
        assertThat(anew.reset(SHOP).number()).isEqualTo(8);
        assertThat(anew.reset(NEVER_SEEN).number()).isEqualTo(8);
        assertThat(anew.hasPendingResets()).isFalse();
    }

    private interface Change {
        void to(CheckpointFile file) throws IOException;
    }

    /** What another run finds after this change. */
    private Checkpoint reopened(Change change) throws IOException {
        try (CheckpointFile file = CheckpointFile.open(path)) {
            change.to(file);
            file.commit();
        }
        try (CheckpointFile file = CheckpointFile.open(path)) {
            return file.current();
        }
    }

    private static CheckpointEntry entry(long offset) {
        return new CheckpointEntry(Path.of("/var/log/a"), new Position(offset, true), offset);
    }
}
