package io.pickaroon.processor.secret;

import io.pickaroon.processor.detect.Detection;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.detect.Masked;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What rules for secrets find in a record, and what masks make of it. */
final class Secrets {
    private Secrets() {}

    static SecretRule rule(String expression, String... keywords) {
        return new SecretRule("r", expression, 0, 0, List.of(keywords), List.of());
    }

    static SecretRule allowing(SecretRule rule, Allowance... allowances) {
        return new SecretRule(
                rule.id(), rule.expression(), rule.group(), rule.entropy(), rule.keywords(), List.of(allowances));
    }

    static Detection detection(List<Detector> detectors, SecretRule... rules) {
        return new Detection(detectors, List.of(new SecretRules(List.of(rules)).newFinder()));
    }

    static List<String> found(String record, SecretRule... rules) {
        byte[] bytes = bytes(record);
        List<String> found = new ArrayList<>();
        detection(List.of(), rules)
                .visitPlaces(bytes, 0, bytes.length, (start, end) -> found.add(text(bytes, start, end)));
        return found;
    }

    static String masked(String record, SecretRule... rules) {
        return masked(record, '*', detection(List.of(), rules));
    }

    static String masked(String record, char mask, Detection detection) {
        byte[] masked = Masked.by(detection, bytes(record), mask);
        return text(masked, 0, masked.length);
    }

    static byte[] bytes(String record) {
        return record.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
