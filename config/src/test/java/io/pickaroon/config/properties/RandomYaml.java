package io.pickaroon.config.properties;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Random configurations that a connector can do all of, as the text of a settings file. */
public final class RandomYaml {
    private static final List<String> PIECES = List.of(
            "a", "ERROR", ",", "\\", " ", "\t", "$${", "$x", "#", ": ", "'", "\"", "{{", "}}", "=", "é", "😀", "[", "*",
            "-");

    private final Random random;

    private RandomYaml(Random random) {
        this.random = random;
    }

    public static String of(long seed) {
        DumpSettings quoted = DumpSettings.builder()
                .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
                .build();
        return new Dump(quoted).dumpToString(texts(new RandomYaml(new Random(seed)).settings()));
    }

    /** The same with texts for numbers, so that all can be quoted. */
    private static Object texts(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(RandomYaml::texts).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> texts = new LinkedHashMap<>();
            map.forEach((key, inside) -> texts.put(key, texts(inside)));
            return texts;
        }
        return value.toString();
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        List<Object> inputs = items(3, i -> input("in" + ".-_".charAt(i) + i));
        settings.put("inputs", inputs);
        settings.put("rules", items(3, i -> rule("r" + i, inputs)));
        settings.put("output", Map.of("kafka", kafka()));
        maybe(settings, "maxOpenFiles", () -> 1 + random.nextInt(1_000));
        maybe(settings, "stopTimeout", () -> oneOf("1s", "20s", "1h"));
        maybe(settings, "lookInterval", () -> oneOf("100ms", "7s", "59m", "1h"));
        return settings;
    }

    private static Map<String, Object> kafka() {
        return Map.of(
                "bootstrapServers", "a:1", "onRefusedRecord", "dead-letter", "deadLetter", Map.of("topic", "dead"));
    }

    private Map<String, Object> input(String id) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("id", id);
        if (random.nextBoolean()) {
            input.put("path", oneOf("/var/{pod}/{n}.log", "/v, r/{pod}_\\{x\\}.log"));
        } else {
            input.put("include", items(3, _ -> glob()));
        }
        maybe(input, "exclude", () -> items(2, _ -> glob()));
        maybe(input, "windowBytes", () -> oneOf("4KiB", "5001", "1GiB", "7MB"));
        maybe(input, "maxRecordBytes", () -> oneOf("1", "1000", "256MiB"));
        maybe(input, "delimiter", () -> oneOf("auto", "lf", "crlf", "\n", "§, ", "\\,§", "§"));
        maybe(input, "ignoreOlder", () -> oneOf("1s", "90s", "3650d"));
        maybe(
                input,
                "multiline",
                () -> random.nextBoolean() ? Map.of("start", text()) : Map.of("start", text(), "continuation", text()));
        maybe(input, "host", () -> oneOf("nfs-1", "a{{b}}"));
        maybe(input, "fields", () -> Map.of("env", text(), "a.b c", "", "x,=\\", text()));
        maybe(input, "parse", () -> oneOf("none", "json", "logfmt", Map.of("regex", "(?<user>\\w+),")));
        return input;
    }

    private Map<String, Object> rule(String id, List<Object> inputs) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        maybe(rule, "inputs", () -> List.of(((Map<?, ?>) inputs.getLast()).get("id")));
        rule.put("match", pattern("(?<g>\\d+)" + text()));
        rule.put("emit", emit());
        maybe(rule, "fix", this::mask);
        if (!rule.containsKey("fix")) {
            rule.put("match", condition(3));
        }
        return rule;
    }

    private Map<String, Object> mask() {
        Map<String, Object> mask = new LinkedHashMap<>();
        mask.put("mask", oneOf("*", " ", ","));
        mask.put("when", "never");
        maybe(mask, "group", () -> "g");
        maybe(mask, "keepFirst", () -> random.nextInt(9));
        maybe(mask, "keepLast", () -> random.nextInt(9));
        return mask;
    }

    private Map<String, Object> pattern(String regex) {
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("regex", regex);
        maybe(match, "ignoreCase", random::nextBoolean);
        return match;
    }

    private Map<String, Object> condition(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 3)) {
            case 0 -> new LinkedHashMap<>(Map.of("literal", text(), "ignoreCase", random.nextBoolean()));
            case 1 -> Map.of("anyOf", items(3, _ -> text()));
            case 2 -> pattern(text());
            case 3 -> Map.of("all", items(3, _ -> condition(depth - 1)));
            case 4 -> Map.of("any", items(3, _ -> condition(depth - 1)));
            default -> Map.of("not", condition(depth - 1));
        };
    }

    private Map<String, Object> emit() {
        Map<String, Object> emit = new LinkedHashMap<>();
        emit.put("topic", oneOf("errors", "logs-{input}"));
        maybe(emit, "key", this::template);
        if (emit.containsKey("key")) {
            maybe(emit, "partition", () -> oneOf("file", "key"));
        }
        maybe(
                emit,
                "timestamp",
                () -> Map.of("from", "{file.name}", "format", "yyyy-MM-dd, HH:mm", "zone", "Europe/Berlin"));
        maybe(
                emit,
                "headers",
                () -> oneOf(
                        "all",
                        "none",
                        List.of("file", Map.of("all", template()), "id"),
                        List.of(Map.of("a,b\\", template(), "file", "x")),
                        List.of(Map.of("none", template()))));
        maybe(emit, "format", () -> oneOf("message", "raw", "json", "otlp"));
        maybe(emit, "context", () -> Map.of("before", random.nextInt(9), "after", 1 + random.nextInt(9)));
        maybe(emit, "sample", () -> oneOf("1/1", "1/1000000"));
        return emit;
    }

    private String template() {
        return text().replaceAll("\\{+|\\}+", "") + "{host}/{offset:0}$${" + "{x}}";
    }

    /** A text that is not empty, has no line feed, and may stand in a regular expression without groups. */
    private String text() {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(0, random.nextInt(5))
                .forEach(_ -> text.append(PIECES.get(random.nextInt(PIECES.size()))));
        return text.toString();
    }

    private String glob() {
        return oneOf("/l/", "/l, m/", "/l\\{/").toString()
                + oneOf("*.log", "\\*,\\\\.log", "{a,b}", "[a,b] ", "**/x", "a\\ ", " b");
    }

    private void maybe(Map<String, Object> map, String key, Supplier<Object> value) {
        if (random.nextInt(3) == 0) {
            map.put(key, value.get());
        }
    }

    private Object oneOf(Object... values) {
        return values[random.nextInt(values.length)];
    }

    private List<Object> items(int most, IntFunction<Object> item) {
        List<Object> items = new ArrayList<>();
        IntStream.rangeClosed(0, random.nextInt(most)).forEach(i -> items.add(item.apply(i)));
        return items;
    }
}
