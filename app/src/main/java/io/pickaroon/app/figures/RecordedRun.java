package io.pickaroon.app.figures;

import io.pickaroon.app.report.LedgerFields;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.metrics.Ledger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run has done, or would do, as a file keeps it for a comparison. {@link RecordedRunJson} has its format.
 *
 * @param figures of all files together, by their names, in a fixed order
 * @param problems files that could not be read, or not wholly
 */
public record RecordedRun(
        Kind kind, Origin origin, Map<String, Long> figures, List<FileInRun> files, List<Problem> problems) {
    /** What the figures are of. */
    public enum Kind {
        /** A run that has not been made. */
        PLAN,
        /** One that has. */
        LEDGER;

        /** The word in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where the figures are from.
     *
     * @param version of Pickaroon
     * @param host its name
     * @param at when it was begun, ISO 8601 in UTC
     * @param seconds how long it took
     * @param configuration path of the configuration, with each byte that is no UTF-8 as {@code \xHH}
     * @param sha256 of what it says, without secrets
     */
    public record Origin(String version, String host, String at, double seconds, String configuration, String sha256) {}

    /**
     * A file that could not be read, or not wholly.
     *
     * @param path as {@link FileInRun.Place#path}
     */
    public record Problem(String path, String message) {}

    public RecordedRun {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    /** Of a run that has ended. */
    public static RecordedRun of(Kind kind, Origin origin, Ledger ledger, List<FileInRun> files) {
        Map<String, Long> all = new LinkedHashMap<>();
        LedgerFields.of(ledger, origin.seconds()).forEach((name, count) -> all.put(name, count.longValue()));
        all.remove("seconds");
        return new RecordedRun(
                kind,
                origin,
                all,
                files,
                ledger.problems().stream()
                        .map(problem -> new Problem(NativePath.escaped(problem.path()), problem.message()))
                        .toList());
    }
}
