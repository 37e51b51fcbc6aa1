package io.pickaroon.processor.simulation;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.ContainerFormat.Syntax;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.RecordStarts;
import io.pickaroon.processor.window.WindowPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What one seed lets the engine do: small logs full of matches, rules that get in each other's way, and limits so low that
 * each log makes many windows, parts and groups.
 *
 * @param startAtEnd whether of each log only what is written after the first look at it counts
 * @param logs all that each log will hold in the end, a byte for each character
 * @param crashes processes that crash, or end otherwise, before the last one
 * @param sectorBytes what a disk writes whole; small ones tear small records
 * @param outsiders whether somebody else overwrites records in between
 */
record Program(
        boolean exactlyOnce,
        boolean startAtEnd,
        List<String> logs,
        List<Rule> rules,
        WindowPlan plan,
        PartLimit part,
        long groupBytes,
        Duration checkpointInterval,
        int threads,
        int filesAtOnce,
        int crashes,
        int sectorBytes,
        boolean outsiders) {

    private static final String[] TOKENS = {
        "a", "b", "ab", "ba", "xx", "ERR", "ERR", "ERRk=1234567", "k=1234567", "k=99887766", "k=12", "4711", " ", "\r"
    };
    private static final List<Rule> RULES = rulePool();

    static Program of(SplittableRandom random) {
        Delimiter delimiter = pick(random, Delimiter.AUTO, Delimiter.AUTO, Delimiter.LF, Delimiter.CRLF);
        // No fix changes what these look at.
        Optional<RecordStarts> starts = pick(
                random,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Multiline.startingWith("^ ")),
                Optional.of(Multiline.continuedBy("^ ")));
        Optional<ContainerFormat> container = delimiter == Delimiter.CRLF || random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(new ContainerFormat(Syntax.CRI, pick(random, 50, 150, 400, 1 << 20)));
        List<String> logs = new ArrayList<>();
        for (int i = pick(random, 1, 1, 1, 2, 3); i > 0; i--) {
            logs.add(container.isPresent() ? containerLog(random) : log(random, delimiter));
        }
        return new Program(
                random.nextBoolean(),
                random.nextInt(8) == 0,
                logs,
                rules(random),
                new WindowPlan(
                        pick(random, 8, 16, 32, 64, 100, 256),
                        new RecordFormat(delimiter, pick(random, 12, 20, 40, 100), starts, container)),
                new PartLimit(pick(random, 1, 1000, 2000), pick(random, 1, 3, 100)),
                pick(random, 1, 1000, 5000, 1_000_000),
                Duration.ofMillis(pick(random, 1, 3, 10, 100_000)),
                pick(random, 1, 2, 4),
                pick(random, 1, 2, 3),
                random.nextInt(5),
                pick(random, 8, 64, 512),
                // What others write over the start of a line would cut other records.
                starts.isEmpty() && container.isEmpty() && random.nextInt(6) == 0);
    }

    private static String log(SplittableRandom random, Delimiter delimiter) {
        StringBuilder text = new StringBuilder();
        int tokensPerRecord = pick(random, 2, 4, 8);
        for (int tokens = random.nextInt(1 << random.nextInt(2, 9)); tokens > 0; tokens--) {
            if (random.nextInt(tokensPerRecord) == 0) {
                text.append(delimiter == Delimiter.CRLF || random.nextInt(4) == 0 ? "\r\n" : "\n");
            } else {
                text.append(pick(random, TOKENS));
            }
        }
        return text.toString();
    }

    /** Messages of two streams that are cut anywhere and stand in turns; some are never ended, and some lines are none of CRI's. */
    private static String containerLog(SplittableRandom random) {
        StringBuilder log = new StringBuilder();
        StringBuilder[] left = {new StringBuilder(), new StringBuilder()};
        int tokensPerMessage = pick(random, 2, 4, 8);
        for (int lines = random.nextInt(1 << random.nextInt(2, 6)); lines > 0; lines--) {
            int stream = random.nextInt(2);
            if (random.nextInt(16) == 0) {
                log.append(pick(random, TOKENS)).append('\n');
                continue;
            }
            if (left[stream].isEmpty()) {
                for (int tokens = random.nextInt(2 * tokensPerMessage); tokens > 0; tokens--) {
                    left[stream].append(pick(random, TOKENS));
                }
            }
            int length = random.nextBoolean() ? left[stream].length() : random.nextInt(left[stream].length() + 1);
            boolean isLast = length == left[stream].length() && random.nextInt(8) > 0;
            log.append("2026-11-30T09:00:00Z std%s %s %s\n"
                    .formatted(stream == 0 ? "out" : "err", isLast ? "F" : "P", left[stream].substring(0, length)));
            left[stream].delete(0, length);
        }
        return log.toString();
    }

    private static List<Rule> rules(SplittableRandom random) {
        List<Rule> rules = new ArrayList<>();
        for (int i = pick(random, 1, 2, 3, 4); i > 0; i--) {
            Rule rule = RULES.get(random.nextInt(RULES.size()));
            if (!rules.contains(rule)) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static List<Rule> rulePool() {
        List<Rule> pool = new ArrayList<>();
        Pattern value = new Pattern.Regex("k=(?<v>[0-9]+)", false);
        for (boolean emits : new boolean[] {true, true, false}) {
            for (int protectHeadBytes : new int[] {0, 0, 0, 20}) {
                fixing(pool, new Pattern.Literal("ERR", false), emits, replace("FIX"), "", protectHeadBytes);
                fixing(pool, new Pattern.Literal("RRk", false), emits, replace("rrK"), "", protectHeadBytes);
                // What this makes may match again.
                fixing(pool, new Pattern.Literal("ab", false), emits, replace("ba"), "", protectHeadBytes);
                fixing(pool, new Pattern.AnyOf(List.of("ba", "xx"), false), emits, replace("QQ"), "", protectHeadBytes);
                fixing(pool, value, emits, new Fix.Mask('*', 0, 0), "v", protectHeadBytes);
                // What this leaves matches again, and would then be masked whole.
                fixing(pool, value, emits, new Fix.Mask('*', 2, 0), "v", protectHeadBytes);
                fixing(pool, value, emits, replace("0000000"), "v", protectHeadBytes);
                fixing(
                        pool,
                        new Pattern.Regex("[0-9]{3,}", false),
                        emits,
                        new Fix.Mask('*', 0, 2),
                        "",
                        protectHeadBytes);
            }
        }
        pool.add(new Rule("b", new Pattern.Literal("b", false)));
        pool.add(new Rule("err", new Pattern.Regex("a+b|ERR", false)));
        pool.add(new Rule("every", new Pattern.Regex("", false)));
        return pool;
    }

    private static Fix.Change replace(String text) {
        return new Fix.Replace(text);
    }

    private static void fixing(
            List<Rule> pool, Pattern pattern, boolean emits, Fix.Change change, String group, int protectHeadBytes) {
        Fix fix = new Fix(change, group, protectHeadBytes);
        pool.add(new Rule("rule-" + pool.size(), pattern, emits, Optional.of(fix)));
    }

    @SafeVarargs
    private static <T> T pick(SplittableRandom random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
