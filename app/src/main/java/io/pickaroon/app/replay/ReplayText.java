package io.pickaroon.app.replay;

import io.pickaroon.app.figures.FileInRun;
import io.pickaroon.app.figures.RuleInFile;
import io.pickaroon.app.figures.RunFigures;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.metrics.Ledger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a replay has sent, or would send: for each file and rule how many records, and where to. */
final class ReplayText {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> topics = new HashMap<>();

    ReplayText(String heading, Settings settings) {
        line(heading);
        for (RuleSettings rule : settings.rules()) {
            rule.emit().ifPresent(emit -> topics.put(rule.id(), emit.topic().toString()));
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Lines, with line ends. */
    String of(List<ReplayedFile> files, List<FileInRun> figures, Ledger ledger) {
        Map<String, FileInRun> byIdentity = new HashMap<>();
        figures.forEach(file -> byIdentity.put(file.place().identity(), file));
        long empty = 0;
        for (ReplayedFile file : files) {
            FileInRun its = byIdentity.get(file.identity().toString());
            if (its == null || sum(its) == 0) {
                empty++;
            } else {
                line("%s, from offset %d to %d:"
                        .formatted(
                                file.printable(),
                                file.part().startOffset(),
                                file.part().endOffset()));
                its.rules().forEach(this::say);
            }
        }
        if (empty > 0) {
            line("nothing of " + (empty == 1 ? "1 file" : Quantities.count(empty) + " files"));
        }
        line("in all %s%s"
                .formatted(
                        records(ledger.emittedMatches()),
                        ledger.deadLetteredMatches() == 0
                                ? ""
                                : ", and %s as dead letters"
                                        .formatted(Quantities.count(ledger.deadLetteredMatches()))));
        return text.toString();
    }

    private static long sum(FileInRun file) {
        return file.rules().stream()
                .mapToLong(rule -> rule.figure(RunFigures.EMITTED))
                .sum();
    }

    private void say(RuleInFile rule) {
        long count = rule.figure(RunFigures.EMITTED);
        if (count > 0) {
            line("  rule %s: %s to topic %s".formatted(rule.id(), records(count), topics.get(rule.id())));
        }
    }

    private static String records(long count) {
        return count == 1 ? "1 record" : Quantities.count(count) + " records";
    }
}
