package io.pickaroon.processor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.regex.Nfa;
import io.pickaroon.processor.regex.RecordDfa;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Detectors on records of random pieces: what they know, what only looks like it, and bytes of any kind. */
class DetectionFuzzTest {
    private static final int RECORDS = 20_000;
    private static final List<Detector> ALL = List.of(Detector.values());
    private static final String MASKS = "*#xX";
    private static final String SEPARATORS = " \t,;:.=-_/@+\"'\\|()[]{}<>&?\n*x0aZ";
    private static final List<String> PIECES = pieces();

    @Test
    void findNothingOutsideTheRecordAndNothingThatStandsBesideIt() {
        Random random = new Random(1);
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = record(random);
            for (Detector detector : ALL) {
                Masked.finds(detector, record);
                new Detection(List.of(detector))
                        .visitPlaces(
                                record,
                                0,
                                record.length,
                                (start, end) -> assertThat(0 <= start && start < end && end <= record.length)
                                        .isTrue());
            }
        }
    }

    @Test
    void hideSomethingOfEachPlace() {
        Random random = new Random(2);
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = record(random);
            boolean[] hidden = new boolean[record.length];
            new Detection(ALL)
                    .visitHidden(record, 0, record.length, (start, end) -> Arrays.fill(hidden, start, end, true));
            new Detection(ALL).visitPlaces(record, 0, record.length, (start, end) -> {
                int at = start;
                while (at < end && !hidden[at]) {
                    at++;
                }
                assertThat(at).as(text(record)).isLessThan(end);
            });
        }
    }

    @Test
    void findNothingToDoInWhatOneOfThemHasMasked() {
        Random random = new Random(3);
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = record(random);
            char mask = MASKS.charAt(i % MASKS.length());
            Detector detector = ALL.get(random.nextInt(ALL.size()));
            byte[] masked = Masked.by(List.of(detector), record, mask);
            assertThat(text(Masked.by(List.of(detector), masked, mask)))
                    .as("%s of %s", detector, text(record))
                    .isEqualTo(text(masked));
        }
    }

    @Test
    void findNothingToDoInWhatAllHaveMasked() {
        Random random = new Random(4);
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = record(random);
            char mask = MASKS.charAt(i % MASKS.length());
            byte[] masked = Masked.by(ALL, record, mask);
            assertThat(text(Masked.by(ALL, masked, mask))).as(text(record)).isEqualTo(text(masked));
        }
    }

    @Test
    void haveCandidatesWhereverTheyFindSomething() {
        Map<Detector, RecordDfa> expressions = ALL.stream()
                .collect(Collectors.toMap(
                        detector -> detector,
                        detector -> new RecordDfa(
                                new Nfa(Detector.candidates(List.of(detector)).tree()))));
        Random random = new Random(5);
        int finds = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = record(random);
            for (Detector detector : ALL) {
                Places found = new Places();
                detector.newFinder().find(record, 0, record.length, found);
                if (!found.isEmpty()) {
                    finds++;
                    assertThat(new Candidates(List.of(detector)).in(record, 0, record.length))
                            .as("%s in %s", detector, text(record))
                            .isEqualTo(Candidates.bit(detector));
                    assertThat(expressions.get(detector).matches(record, 0, record.length))
                            .as("%s in %s", detector, text(record))
                            .isTrue();
                }
            }
        }
        assertThat(finds).isGreaterThan(RECORDS / 2);
    }

    /** What took more than time in proportion to the length would take hours here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4",
                "4 ",
                "4-",
                "1.",
                "1.1.1.1",
                "a:",
                ":",
                "::",
                "a@",
                "@",
                "a.@b.",
                "+1",
                "+1 1",
                "eyJ",
                "eyJ.",
                "AKIA",
                "secret",
                "secret=",
                "secret ",
                "secret,",
                "password=\"",
                "password=\\",
                "\\",
                "\"",
                "://",
                "://:",
                "://a:b",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "bearer ",
                "bearer=",
                "ghp_",
                "xoxb-1",
                "111-11-1111",
                "cvv ",
                "cvv:",
                "DE89 ",
                "AA11",
                "password=a,",
                "password=a)",
                "password=a,b",
                "a,",
                "a'",
                "-"
            })
    void takeTimeInProportionToTheLength(String piece) {
        byte[] bytes = piece.repeat((4 << 20) / piece.length()).getBytes(StandardCharsets.US_ASCII);
        int[] places = {0};

        new Detection(ALL).visitPlaces(bytes, 0, bytes.length, (_, _) -> places[0]++);

        assertThat(places[0]).isLessThanOrEqualTo(bytes.length);
    }

    private static byte[] record(Random random) {
        StringBuilder record = new StringBuilder();
        int pieces = 1 + random.nextInt(5);
        for (int i = 0; i < pieces; i++) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            int from = random.nextInt(4) == 0 ? random.nextInt(piece.length()) : 0;
            int to = random.nextInt(4) == 0 ? from + random.nextInt(piece.length() - from) : piece.length();
            record.append(piece, from, to);
            int separators = random.nextInt(3);
            for (int j = 0; j < separators; j++) {
                record.append(SEPARATORS.charAt(random.nextInt(SEPARATORS.length())));
            }
        }
        byte[] bytes = record.toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int changes = random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        for (String name : List.of("detectors.txt", "near-misses.txt")) {
            try (InputStream table = DetectionFuzzTest.class.getResourceAsStream(name)) {
                new String(table.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> pieces.add(line.split("\t", -1)[1]));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return pieces;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
