package io.pickaroon.processor.rule;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.secret.Allowance;
import io.pickaroon.processor.secret.SecretRule;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.RecordStarts;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Shows whether a rule still emits what it emitted in an earlier run: 16 hexadecimal digits of everything that decides
 * what the rule matches. Neither its id nor its fix counts. Fingerprints are stored with positions, so the way to
 * compute them must not change.
 */
public final class RuleFingerprint {
    private static final int BYTES = 8;

    private RuleFingerprint() {}

    /**
     * The fingerprint of a rule with this pattern.
     *
     * @param format how records are cut
     * @param parser what reads their fields, see {@link RecordParser#description}; of no account to patterns without fields
     */
    public static String of(Pattern pattern, RecordFormat format, String parser) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream fields = new DataOutputStream(bytes)) {
            fields.writeInt(format.maxRecordBytes());
            text(format.delimiter().name(), fields);
            pattern(pattern, fields);
            if (!pattern.fields().isEmpty()) {
                texts("parser", List.of(parser), fields);
            }
            if (format.starts().isPresent()) {
                text(format.starts().map(RecordStarts::description).get(), fields);
            }
            if (format.container().isPresent()) {
                text(format.container().map(ContainerFormat::description).get(), fields);
            }
            return HexFormat.of().formatHex(sha256(bytes.toByteArray()), 0, BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** One for a whole set of rules, in any order; never 0. */
    public static long ofAll(Set<String> fingerprints) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String fingerprint : new TreeSet<>(fingerprints)) {
            bytes.writeBytes(fingerprint.getBytes(StandardCharsets.US_ASCII));
        }
        long all = ByteBuffer.wrap(sha256(bytes.toByteArray())).getLong();
        return all == 0 ? 1 : all;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void pattern(Pattern pattern, DataOutputStream fields) throws IOException {
        fields.writeBoolean(pattern.ignoreCase());
        switch (pattern) {
            case Pattern.Literal literal -> texts("literal", List.of(literal.text()), fields);
            case Pattern.AnyOf anyOf -> texts("anyOf", anyOf.texts(), fields);
            case Pattern.Regex regex -> texts("regex", List.of(regex.expression()), fields);
            case Pattern.Detect(List<Detector> detectors, List<SecretRule> secrets) -> {
                texts("detect", detectors.stream().map(Detector::word).sorted().toList(), fields);
                if (!secrets.isEmpty()) {
                    texts(
                            "secrets",
                            secrets.stream()
                                    .map(RuleFingerprint::secret)
                                    .sorted()
                                    .toList(),
                            fields);
                }
            }
            case Pattern.All all -> patterns("all", all.parts(), fields);
            case Pattern.Any any -> patterns("any", any.parts(), fields);
            case Pattern.Not not -> patterns("not", List.of(not.part()), fields);
            case Pattern.Field(String name, Pattern.FieldTest test) -> {
                texts("field", List.of(name), fields);
                switch (test) {
                    case Pattern.FieldTest.EqualTo(String text) -> texts("equals", List.of(text), fields);
                    case Pattern.FieldTest.OneOf(List<String> texts) -> texts("in", texts, fields);
                    case Pattern.FieldTest.Matching(String expression) -> texts("matches", List.of(expression), fields);
                }
            }
        }
    }

    /** All of a rule that decides what it finds, so neither its id nor the order of what is allowed. */
    private static String secret(SecretRule secret) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream fields = new DataOutputStream(bytes)) {
            texts("expression", List.of(secret.expression()), fields);
            fields.writeInt(secret.group());
            fields.writeDouble(secret.entropy());
            texts("keywords", secret.keywords().stream().sorted().toList(), fields);
            texts(
                    "allowances",
                    secret.allowances().stream()
                            .map(RuleFingerprint::allowance)
                            .sorted()
                            .toList(),
                    fields);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return HexFormat.of().formatHex(sha256(bytes.toByteArray()));
    }

    private static String allowance(Allowance allowance) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream fields = new DataOutputStream(bytes)) {
            text(allowance.target().name(), fields);
            fields.writeBoolean(allowance.needsBoth());
            texts("expressions", allowance.expressions().stream().sorted().toList(), fields);
            texts("stopwords", allowance.stopwords().stream().sorted().toList(), fields);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return HexFormat.of().formatHex(sha256(bytes.toByteArray()));
    }

    private static void patterns(String kind, List<Pattern> patterns, DataOutputStream fields) throws IOException {
        text(kind, fields);
        fields.writeInt(patterns.size());
        for (Pattern pattern : patterns) {
            pattern(pattern, fields);
        }
    }

    private static void texts(String kind, List<String> texts, DataOutputStream fields) throws IOException {
        text(kind, fields);
        fields.writeInt(texts.size());
        for (String text : texts) {
            text(text, fields);
        }
    }

    private static void text(String text, DataOutputStream fields) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        fields.writeInt(bytes.length);
        fields.write(bytes);
    }
}
