package io.pickaroon.app.search;

import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.directio.Exec;
import io.pickaroon.processor.scan.Pattern;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the process again with the Vector API where much is searched for what {@code memchr} does not suit. The launcher starts it without,
 * because the module of the Vector API keeps the JVM from taking linked classes out of its start-up cache. The same
 * process runs the launcher again, which takes about 0.2 s; nothing may have been opened or written before.
 */
public final class VectorRestart {
    /** The launcher sets it where it decided nothing itself: {@code auto}. */
    private static final String CHOICE = "pickaroon.vectors";
    /** Descriptors above 2 that the caller of the launcher has given, separated by commas. */
    private static final String DESCRIPTORS = "pickaroon.descriptors";

    private static final int MOST_TEXTS_WITHOUT = 4;
    /** Less is searched before it has started again. */
    public static final long WORTH_BYTES = 300L << 20;

    private VectorRestart() {}

    /**
     * Does not return if the process starts again.
     *
     * @param workBytes how much will be searched
     */
    public static void ifWorthIt(Collection<Pattern> patterns, LongSupplier workBytes) {
        if (!"auto".equals(System.getProperty(CHOICE))
                || workBytes.getAsLong() < WORTH_BYTES
                || !wantVectors(patterns)) {
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

    /** Many texts do, and are not prepared only to know it; of the others the engine knows. */
    private static boolean wantVectors(Collection<Pattern> patterns) {
        int texts = patterns.stream()
                .mapToInt(pattern -> Math.max(1, pattern.texts().size()))
                .sum();
        return texts > MOST_TEXTS_WITHOUT
                || Scanner.wantsVectors(
                        patterns.stream()
                                .map(pattern -> new Rule("rule", pattern))
                                .toList(),
                        new RecordFormat(Delimiter.AUTO, LogSearch.MAX_RECORD_BYTES));
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
