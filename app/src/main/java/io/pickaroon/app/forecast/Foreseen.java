package io.pickaroon.app.forecast;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.figures.FileInRun;
import io.pickaroon.app.figures.RuleInFile;
import io.pickaroon.app.figures.RunFigures;
import io.pickaroon.processor.metrics.Ledger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run would do.
 *
 * @param seconds how long it took to find out
 * @param resumedBytes bytes before the places at which reading begins
 * @param files those of which anything would be read or changed, in the order of their names
 * @param refused matches that become dead letters
 */
public record Foreseen(
        RunPlan plan, Ledger ledger, double seconds, long resumedBytes, List<FileInRun> files, RefusedMatches refused) {
    /**
     * What one rule would do in one file, or in all.
     *
     * @param sent records to send
     * @param refused records that become dead letters instead
     * @param changes changes to make
     * @param leftAlone matches whose bytes stay, for any reason
     */
    public record Count(long sent, long refused, long changes, long leftAlone) {
        public static final Count NOTHING = new Count(0, 0, 0, 0);

        Count plus(Count other) {
            return new Count(
                    sent + other.sent, refused + other.refused, changes + other.changes, leftAlone + other.leftAlone);
        }
    }

    /** Of one rule in one file. */
    public Count count(FileInRun file, RuleInFile rule) {
        long dead = refused.in(file.place().identity(), rule.id());
        return new Count(rule.figure(RunFigures.EMITTED) - dead, dead, rule.figure(RunFigures.FIXES), rule.leftAlone());
    }

    /** Of a rule, by its id, the names of the files in which it would do anything, as people read them. */
    public Map<String, Count> files(String rule) {
        Map<String, Count> counts = new TreeMap<>();
        for (FileInRun file : files) {
            file.rules().stream()
                    .filter(each -> each.id().equals(rule))
                    .map(each -> count(file, each))
                    .filter(count -> !count.equals(Count.NOTHING))
                    .forEach(count -> counts.merge(file.place().printable(), count, Count::plus));
        }
        return counts;
    }

    /** Of a rule in all files. */
    public Count total(String rule) {
        return files(rule).values().stream().reduce(Count.NOTHING, Count::plus);
    }
}
