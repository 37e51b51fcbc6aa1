package io.pickaroon.app.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One random search, as GNU grep and {@code scan} are asked for it. Patterns mean the same to both: those of which several
 * alternatives match at one place are left out.
 *
 * @param grep arguments of grep before the files
 * @param scan arguments of scan before the files
 * @param usesInput whether it reads standard input and not files
 * @param usesTree whether it searches a directory: then the order of the files is not the same
 */
record GrepCase(List<String> grep, List<String> scan, boolean usesInput, boolean usesTree) {
    private static final List<String> WORDS = List.of(
            "ERROR",
            "error",
            "WARN",
            "Info",
            "order=17",
            "took",
            "250",
            "ms",
            "a",
            "ab",
            "abc",
            "_x",
            "x_y",
            "foo.bar",
            "foo-bar",
            "(1)",
            "naïve",
            "/var/log",
            "::",
            "\t",
            "eof");
    private static final String EMPTY = "^$";
    private static final List<String> EXPRESSIONS = List.of(
            "ERROR",
            "[0-9]+",
            "o.",
            "^ERROR",
            "ms$",
            EMPTY,
            "(foo|bar)",
            "ab*c?",
            "a b",
            "[a-z]+=[0-9]{1,3}",
            "x_",
            "^a",
            "[^ a-z]+",
            "took [0-9]+ ms",
            "(ERR|INF)OR?",
            "nothing like this",
            "::|/var",
            "^.{30,}$",
            "e");
    private static final List<String> LITERALS =
            List.of("ERROR", "foo.bar", "ms", "(1)", "a", "abc", "order=17", "nothing", "::", "naïve", "o");

    /** @param window size of the windows that files are scanned in */
    static GrepCase random(Random random, String window) {
        List<String> grep = new ArrayList<>(List.of("grep", "-a"));
        List<String> scan = new ArrayList<>(List.of("scan", "--window-bytes", window, "--threads", "2"));
        boolean usesTree = random.nextInt(8) == 0;
        boolean usesInput = !usesTree && random.nextInt(4) == 0;
        Options options = new Options(random, usesTree);
        grep.addAll(options.grep);
        scan.addAll(options.scan);
        boolean literal = random.nextInt(3) == 0;
        grep.add(literal ? "-F" : "-E");
        List<String> choices = literal ? LITERALS : EXPRESSIONS;
        boolean single = random.nextInt(3) > 0 || options.needsOnePattern;
        for (int i = single ? 1 : 1 + random.nextInt(4); i > 0; i--) {
            String pattern = choices.get(random.nextInt(choices.size()));
            if (options.needsOnePattern && pattern.equals(EMPTY)) {
                // Nothing is left to print.
                pattern = choices.getFirst();
            }
            grep.addAll(List.of("-e", pattern));
            scan.addAll(List.of(literal ? "-F" : "-e", pattern));
        }
        return new GrepCase(grep, scan, usesInput, usesTree);
    }

    /** Options that both know by the same names, but for one. */
    private static final class Options {
        final List<String> grep = new ArrayList<>();
        final List<String> scan = new ArrayList<>();
        final boolean needsOnePattern;

        Options(Random random, boolean usesTree) {
            boolean inverted = maybe(random, 4, "-v");
            boolean matchesOnly = maybe(random, 5, "-o");
            boolean colors = maybe(random, 6, "--color=always");
            needsOnePattern = matchesOnly || colors;
            maybe(random, 3, "-n");
            maybe(random, 4, "-i");
            maybe(random, 8, "-c");
            maybe(random, 10, random.nextBoolean() ? "-l" : "-L");
            maybe(random, 20, "-q");
            boolean words = maybe(random, 8, "-w");
            // grep 3.8 takes the line feed for a part of the match then.
            if (!(words && needsOnePattern)) {
                maybe(random, 10, "-x");
            }
            maybe(random, 6, "-m", String.valueOf(random.nextInt(6)));
            // What matches is not marked where it is context.
            if (!usesTree && !(inverted && needsOnePattern)) {
                for (String side : List.of("-A", "-B", "-C")) {
                    maybe(random, 6, side + random.nextInt(random.nextInt(4) == 0 ? 60 : 4));
                }
            }
            if (usesTree) {
                maybe(random, 3, "--include=*.log");
                maybe(random, 3, "--exclude=b*");
                maybe(random, 1, "-r");
            }
            if (!maybe(random, 5, "-H") && random.nextInt(5) == 0) {
                grep.add("-h");
                scan.add("-I");
            }
        }

        private boolean maybe(Random random, int oneIn, String... words) {
            boolean isGiven = random.nextInt(oneIn) == 0;
            if (isGiven) {
                grep.addAll(List.of(words));
                scan.addAll(List.of(words));
            }
            return isGiven;
        }
    }

    /** A log of up to some windows; lines may be empty, or long, and the last one may have no end. */
    static byte[] log(Random random) {
        return log(random, random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(700));
    }

    static byte[] log(Random random, int lines) {
        StringBuilder log = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            int words = random.nextInt(50) == 0 ? random.nextInt(2000) : random.nextInt(8);
            for (int word = 0; word < words; word++) {
                log.append(word == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
            }
            log.append('\n');
        }
        if (!log.isEmpty() && random.nextInt(3) == 0) {
            log.setLength(log.length() - 1);
        }
        return log.toString().getBytes(StandardCharsets.UTF_8);
    }
}
