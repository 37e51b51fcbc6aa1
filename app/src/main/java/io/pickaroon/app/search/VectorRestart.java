package io.pickaroon.app.search;

import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.directio.Exec;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the process again with the Vector API where so much is searched that it pays. The launcher starts it without,
 * because the module of the Vector API keeps the JVM from taking linked classes out of its start-up cache. The same
 * process runs the launcher again, which takes about 0.2 s; nothing may have been opened or written before.
 */
public final class VectorRestart {
    /** The launcher sets it where it decided nothing itself: {@code auto}. */
    private static final String CHOICE = "pickaroon.vectors";
    /** Descriptors above 2 that the caller of the launcher has given, separated by commas. */
    private static final String DESCRIPTORS = "pickaroon.descriptors";

    /** More are looked up in a hash table, with or without vectors. */
    private static final int MOST_TEXTS = 128;

    private VectorRestart() {}

    /**
     * Does not return if the process starts again.
     *
     * @param workBytes how much will be searched, {@link Long#MAX_VALUE} if there is no end; asked for only where it matters
     */
    public static void ifWorthIt(Collection<Pattern> patterns, LongSupplier workBytes) {
        if (!"auto".equals(System.getProperty(CHOICE)) || !isWorthIt(patterns, workBytes)) {
            return;
        }
        Path launcher = Path.of(System.getProperty("pickaroon.home"), "bin", "pickaroon");
        if (!Files.isExecutable(launcher)) {
            return;
        }
        try {
            Exec.run(launcher, CallerTexts.ofProgram(), Map.of("PICKAROON_VECTORS", "on"), descriptors());
        } catch (IOException | RuntimeException | LinkageError e) {
            log().warn("goes on without the Vector API, and searches more slowly: {}", e.getMessage());
        }
    }

    /** Very many texts are not prepared only to know it. */
    private static boolean isWorthIt(Collection<Pattern> patterns, LongSupplier workBytes) {
        int texts =
                patterns.stream().mapToInt(pattern -> pattern.texts().size()).sum();
        if (texts > MOST_TEXTS) {
            return false;
        }
        List<Rule> rules =
                patterns.stream().map(pattern -> new Rule("rule", pattern)).toList();
        OptionalLong from =
                Scanner.vectorsPayFromBytes(rules, new RecordFormat(Delimiter.AUTO, LogSearch.MAX_RECORD_BYTES));
        return from.isPresent() && workBytes.getAsLong() >= from.getAsLong();
    }

    private static Set<Integer> descriptors() {
        return Arrays.stream(System.getProperty(DESCRIPTORS, "").split(","))
                .filter(text -> !text.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    private static Logger log() {
        return LoggerFactory.getLogger(VectorRestart.class);
    }
}
