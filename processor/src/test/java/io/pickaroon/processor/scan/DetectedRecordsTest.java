package io.pickaroon.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.detect.Detection;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.secret.SecretRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scan passes over records without a candidate, and finds the same ones as detectors that look at each. */
class DetectedRecordsTest {
    private static final int LOGS = 400;
    private static final List<String> PIECES = List.of(
            "4111111111111111",
            "4111 1111 1111 ",
            "1111",
            "12 ",
            "-",
            "2026-11-28 10:00:01",
            "DE89370400440532013000",
            "joe@example.com",
            "10.0.0.1",
            ".1.2",
            "2001:db8::1",
            ":",
            "+49 170 1234567",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2UifQ.",
            "password=",
            "secret ",
            "order",
            "token",
            "zq7",
            "key: ",
            "x",
            " ",
            "078-05-1120",
            "078-0",
            "\n",
            "\n",
            "\n",
            "\n");

    private static final List<SecretRule> SECRETS = List.of(
            secret("key: ?[0-9]", "key"), secret("zq7[0-9a-z]+", "zq", "token"), secret("token(?:order|joe)", "token"));

    @TempDir
    Path directory;

    private static SecretRule secret(String expression, String... keywords) {
        return new SecretRule("s", expression, 0, 0, List.of(keywords), List.of());
    }

    /** So many that they have a search of their own. */
    private static List<SecretRule> manySecrets() {
        List<SecretRule> many = new ArrayList<>(SECRETS);
        for (int i = 100; i < 300; i++) {
            many.add(secret("order" + i + "|absent" + i, "order" + i, "absent" + i));
        }
        return many;
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void findsWhatDetectorsFindInEachRecord(boolean hasRuleOfEveryRecord, boolean hasRuleOfAllDetectors)
            throws IOException {
        List<Rule> rules = new ArrayList<>(List.of(
                detecting("a", Detector.CARD),
                detecting("b", Detector.IPV4, Detector.EMAIL, Detector.PASSWORD),
                detecting("c", Detector.JWT, Detector.PASSWORD),
                new Rule("e", new Pattern.Literal("order", false)),
                detecting("f", Detector.US_SSN, Detector.IPV6, Detector.IBAN, Detector.PHONE),
                new Rule("h", new Pattern.Detect(List.of(), SECRETS)),
                new Rule("i", new Pattern.Detect(List.of(Detector.CARD), SECRETS)),
                new Rule("j", new Pattern.Detect(List.of(Detector.EMAIL), SECRETS)),
                new Rule("k", new Pattern.Detect(List.of(Detector.CARD), manySecrets()))));
        if (hasRuleOfAllDetectors) {
            rules.add(detecting("d", Detector.values()));
        }
        if (hasRuleOfEveryRecord) {
            rules.add(new Rule("g", new Pattern.Not(new Pattern.Literal("x", false))));
        }
        Random random = new Random(1);
        int finds = 0;
        for (int i = 0; i < LOGS; i++) {
            String log = Stream.generate(() -> PIECES.get(random.nextInt(PIECES.size())))
                    .limit(random.nextInt(60))
                    .reduce("", String::concat);
            List<String> found = new ArrayList<>();
            ScannedTexts scanned =
                    ScannedTexts.of(directory, log, Optional.empty(), PartLimit.STANDARD, rules.toArray(Rule[]::new));
            for (ScannedWindow part : scanned.parts()) {
                List<List<String>> values = ScannedTexts.values(part.matches());
                for (int match = 0; match < values.size(); match++) {
                    found.add(part.matches().rule(match).id() + " "
                            + values.get(match).getFirst());
                }
            }
            List<String> expected = log.lines()
                    .flatMap(record -> rules.stream()
                            .filter(rule -> matches(rule.pattern(), record))
                            .map(rule -> rule.id() + " " + record))
                    .toList();
            finds += expected.size();
            assertThat(found).as(log).isEqualTo(expected);
        }
        assertThat(finds).isGreaterThan(LOGS);
    }

    private static boolean matches(Pattern pattern, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.US_ASCII);
        return switch (pattern) {
            case Pattern.Detect(List<Detector> detectors, List<SecretRule> secrets) ->
                new Detection(detectors).finds(bytes, 0, bytes.length)
                        || secrets.stream()
                                .anyMatch(secret -> (secret.keywords().isEmpty()
                                                || secret.keywords().stream().anyMatch(record::contains))
                                        && java.util.regex.Pattern.compile(secret.expression())
                                                .matcher(record)
                                                .find());
            case Pattern.Not not -> !matches(not.part(), record);
            default -> record.contains(pattern.texts().getFirst());
        };
    }

    private static Rule detecting(String id, Detector... detectors) {
        return new Rule(id, new Pattern.Detect(List.of(detectors)));
    }
}
