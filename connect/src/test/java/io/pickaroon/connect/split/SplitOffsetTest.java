package io.pickaroon.connect.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitOffsetTest {
    private static final Split SPLIT = new Split(new FileKey("disk", 7, 0), 2);
    private static final long SPLIT_BYTES = 1000;
    private static final SplitOffset OFFSET = new SplitOffset(
            new Position(2500, false),
            Set.of("0f3c5a7e9b1d2468", "00000000000000ff"),
            new LineEnds(2500, 0xac71f32d),
            new FileMark(Optional.of(Instant.parse("2026-11-30T01:39:04.123Z")), Optional.empty()),
            SPLIT_BYTES,
            "/mnt/logs/shop.log");

    @TempDir
    private Path directory;

    @Test
    void theStoredFormStays() {
        assertThat(OFFSET.toMap())
                .isEqualTo(Map.of(
                        "version",
                        1L,
                        "offset",
                        2500L,
                        "startsRecord",
                        false,
                        "rules",
                        "00000000000000ff,0f3c5a7e9b1d2468",
                        "lineEnds",
                        "2500:ac71f32d",
                        "splitBytes",
                        1000L,
                        "path",
                        "/mnt/logs/shop.log",
                        "birthTime",
                        "2026-11-30T01:39:04.123Z"));
        assertThat(SplitOffset.parse(SPLIT, OFFSET.toMap(), SPLIT_BYTES)).isEqualTo(OFFSET);
    }

    @Test
    void rulesThatWereAddedBeforeAnythingWasReadEmitFromTheStart() {
        Set<String> now = Set.of("00000000000000ff", "0000000000000001");
        assertThat(SplitOffset.rulesSinceStart(Optional.of(OFFSET.at(Position.START)), now))
                .isEqualTo(now);
        assertThat(SplitOffset.rulesSinceStart(Optional.of(OFFSET), now)).containsExactly("00000000000000ff");
    }

    @Test
    void whatIsUnknownIsLeftOut() {
        SplitOffset unknown =
                new SplitOffset(new Position(2000, true), Set.of(), LineEnds.UNKNOWN, FileMark.UNKNOWN, 1000, "");
        assertThat(unknown.toMap())
                .containsOnlyKeys("version", "offset", "startsRecord", "rules", "splitBytes", "path");
        assertThat(SplitOffset.parse(SPLIT, unknown.toMap(), SPLIT_BYTES)).isEqualTo(unknown);
    }

    @Test
    void inAContainerLogItSaysWhatIsDoneOfEachStream() {
        Split first = new Split(SPLIT.file(), 0);
        for (StreamPlaces streams : List.of(
                new StreamPlaces(3000, 0, false, true),
                new StreamPlaces(0, 2501, true, false),
                new StreamPlaces(0, 0, true, true),
                StreamPlaces.NONE)) {
            SplitOffset offset = new SplitOffset(
                    new Position(2500, true, streams), Set.of(), LineEnds.UNKNOWN, FileMark.UNKNOWN, 1000, "");
            assertThat(SplitOffset.parse(first, offset.toMap(), SPLIT_BYTES)).isEqualTo(offset);
        }
        SplitOffset cut = new SplitOffset(
                new Position(2500, true, new StreamPlaces(3000, 0, false, true)),
                Set.of(),
                LineEnds.UNKNOWN,
                FileMark.UNKNOWN,
                1000,
                "");
        assertThat(cut.toMap()).containsEntry("stdoutDone", 3000L).containsEntry("cut", "stderr");
        assertThat(cut.toMap()).doesNotContainKey("stderrDone");
    }

    @Test
    void aPersonGivesTheOffsetAlone() {
        SplitOffset given = SplitOffset.parse(SPLIT, Map.of("offset", 2400), SPLIT_BYTES);
        assertThat(given.position()).isEqualTo(new Position(2400, false));
        Split first = new Split(SPLIT.file(), 0);
        assertThat(SplitOffset.parse(first, Map.of("offset", 0L), SPLIT_BYTES).position())
                .isEqualTo(Position.START);
    }

    @Test
    void eachThingThatMakesNoSenseIsNamed() {
        assertProblem("offset", -1L, "offset -1 is negative");
        assertProblem("offset", 1999L, "offset 1999 is before split 2 of splits with 1000 bytes each");
        assertProblem("offset", "2500", "offset is '2500', which is not a whole number");
        assertProblem("offset", 2500.0, "offset is 2500.0, which is not a whole number");
        assertProblem("startsRecord", "true", "startsRecord is 'true', which is not true or false");
        assertProblem("version", 2L, "version is 2, and this connector knows version 1 only");
        assertProblem("splitBytes", 2000L, "splitBytes is 2000, and the connector's split.bytes is 1000");
        assertProblem("rules", "abc", "rules is 'abc', which is not fingerprints");
        assertProblem("lineEnds", "4097:00000000", "lineEnds is '4097:00000000', which is not a length from 0 to 4096");
        assertProblem("lineEnds", "2501:00000000", "lineEnds has 2501 bytes, and only 2500 are before the offset");
        assertProblem("birthTime", "yesterday", "birthTime is 'yesterday', which is not a time");
        assertProblem("path", 1L, "path is 1, which is not a text");
        assertProblem("ofset", 1L, "'ofset' is none of archiveEnd, birthTime, cut, lineEnds, offset");
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        assertThatThrownBy(() -> SplitOffset.parse(SPLIT, Map.of("startsRecord", 1, "more", 2), SPLIT_BYTES))
                .hasMessageContaining("'more' is none of")
                .hasMessageContaining("startsRecord is 1")
                .hasMessageContaining("offset is missing");
    }

    @Test
    void wholeFilesHaveOneSplit() {
        assertThat(SplitOffsetCodec.problems(SPLIT, Map.of("offset", 1L), 0))
                .singleElement()
                .asString()
                .contains("there is no split 2");
    }

    private static void assertProblem(String key, Object value, String problem) {
        Map<String, Object> offset = new HashMap<>(OFFSET.toMap());
        offset.put(key, value);
        assertThat(SplitOffsetCodec.problems(SPLIT, offset, SPLIT_BYTES))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void aFileFitsWhileWhatWasReadIsThere() throws IOException {
        Path path = Files.writeString(directory.resolve("log"), "one\ntwo\nthree\n");
        try (LogFile file = LogFile.open(path)) {
            SplitOffset offset = offset(file, 8, FileMark.of(file.identity()).born());
            assertThat(offset.fitOf(file)).isEqualTo(SplitOffset.Fit.FITS);
            Files.writeString(path, "one\n");
            assertThat(offset.fitOf(file)).isEqualTo(SplitOffset.Fit.SHORTER);
            Files.writeString(path, "another\ntwo\nthree\n");
            assertThat(offset.fitOf(file)).isEqualTo(SplitOffset.Fit.OTHER);
        }
    }

    /** Lines behind the offset would be passed as sent, and are others now. */
    @Test
    void aContainerLogIsShorterWhereLinesAreGoneThatWereSent() throws IOException {
        Path path = Files.writeString(directory.resolve("log"), "one\ntwo\nthree\n");
        try (LogFile file = LogFile.open(path)) {
            SplitOffset offset = new SplitOffset(
                    new Position(4, true, new StreamPlaces(14, 0, false, false)),
                    Set.of(),
                    LineEnds.before(file, 4),
                    FileMark.UNKNOWN,
                    0,
                    "");
            assertThat(offset.fitOf(file)).isEqualTo(SplitOffset.Fit.FITS);
            Files.writeString(path, "one\ntwo\n");
            assertThat(offset.fitOf(file)).isEqualTo(SplitOffset.Fit.SHORTER);
        }
    }

    @Test
    void birthTimesCountWhereBothAreKnown() throws IOException {
        Path path = Files.writeString(directory.resolve("log"), "one\ntwo\nthree\n");
        try (LogFile file = LogFile.open(path)) {
            Optional<Instant> born = FileMark.of(file.identity()).born();
            assertThat(offset(file, 8, Optional.empty()).fitOf(file)).isEqualTo(SplitOffset.Fit.FITS);
            assertThat(offset(file, 8, born.map(time -> time.plusMillis(1))).fitOf(file))
                    .isEqualTo(SplitOffset.Fit.FITS);
            assertThat(offset(file, 8, born.map(time -> time.plusMillis(2))).fitOf(file))
                    .isEqualTo(born.isPresent() ? SplitOffset.Fit.OTHER : SplitOffset.Fit.FITS);
        }
    }

    private static SplitOffset offset(LogFile file, long place, Optional<Instant> born) {
        LineEnds lineEnds = LineEnds.before(file, place);
        return new SplitOffset(
                new Position(place, true), Set.of(), lineEnds, new FileMark(born, Optional.empty()), 0, "");
    }
}
