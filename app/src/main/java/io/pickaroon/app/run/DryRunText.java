package io.pickaroon.app.run;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.inspect.CheckpointAtRest;
import io.pickaroon.app.report.LedgerText;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.metrics.RunCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A dry run in words: where it would begin and send to, what each rule would do in which file, and the ledger. */
final class DryRunText {
    private final RunRequest request;
    private final RunPlan plan;
    private final RunCounters counters;
    private final DryRunFigures figures;
    private final StringBuilder text = new StringBuilder();

    DryRunText(RunRequest request, RunPlan plan, RunCounters counters, DryRunFigures figures) {
        this.request = request;
        this.plan = plan;
        this.counters = counters;
        this.figures = figures;
    }

    /** All of it, with line ends. Called once. */
    String of(Ledger ledger, double seconds) throws IOException {
        line("dry run of %s: nothing is sent or changed, this is what a run would do"
                .formatted(NativePath.printable(request.configuration())));
        sayWhereItBegins();
        sayWhereItSends();
        for (InputSettings input : plan.settings().inputs()) {
            int count = plan.files().of(input.id()).size();
            line("input %s: %s, %s"
                    .formatted(
                            input.id(),
                            count == 1 ? "1 file" : Quantities.count(count) + " files",
                            Quantities.bytes(plan.files().sizeBytes(input.id()))));
        }
        plan.settings().rules().forEach(this::say);
        line("");
        line("the ledger of this run would be:");
        line(LedgerText.of(ledger, seconds));
        if (!request.options().once()) {
            line("This counts what is there now, as 'run --once' would: also a last record without its end, for"
                    + " which a run that follows files waits.");
        }
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void sayWhereItBegins() throws IOException {
        Optional<Path> checkpoint = plan.settings().checkpoint().map(settings -> NamedPath.reachable(settings.path()));
        long before = counters.resumedBytes();
        if (checkpoint.isEmpty()) {
            line("every file is read from its beginning: there is no checkpoint");
        } else if (request.options().fromBeginning()) {
            line("every file is read from its beginning, as --from-beginning says");
        } else if (Files.exists(checkpoint.get())) {
            line("from the positions in %s: %s before them are not read again"
                    .formatted(NativePath.printable(checkpoint.get()), Quantities.bytes(before)));
        } else {
            line("%s is not there yet: this is the first run%s"
                    .formatted(
                            NativePath.printable(checkpoint.get()),
                            before == 0 ? "" : "; 'start: end' skips " + Quantities.bytes(before)));
        }
        if (checkpoint.isPresent()) {
            long unfinished = CheckpointAtRest.recordsToFinish(checkpoint.get());
            if (unfinished > 0) {
                line("first the run brings the changes of %s records to their end, which a crash interrupted"
                        .formatted(Quantities.count(unfinished)));
            }
        }
    }

    private void sayWhereItSends() {
        switch (plan.output()) {
            case OutputSettings.Kafka kafka -> {
                line("to Kafka at " + kafka.bootstrapServers() + ", which is not asked"
                        + (kafka.delivery() == OutputSettings.Delivery.EXACTLY_ONCE
                                ? ": where it has later positions than the checkpoint, a run sends less"
                                : ""));
            }
            case OutputSettings.File file -> line("to " + NativePath.printable(file.path()));
            case OutputSettings.Console _ -> line("to the console");
        }
    }

    private void say(RuleSettings rule) {
        DryRunFigures.Count total = figures.total(rule.id());
        String topic = rule.emit().map(emit -> " to topic " + emit.topic()).orElse("");
        line("");
        line("rule %s: %s"
                .formatted(rule.id(), total.equals(DryRunFigures.Count.NOTHING) ? "nothing" : words(total, topic)));
        figures.files(rule.id())
                .forEach((file, count) -> line("  " + NativePath.printable(file) + ": " + words(count, "")));
        for (DryRunFigures.Example example : figures.examples(rule.id())) {
            line(NativePath.printable(example.file()) + ":" + example.offset());
            text.append(example.lines());
        }
    }

    private static String words(DryRunFigures.Count count, String topic) {
        List<String> words = new ArrayList<>();
        if (count.sent() > 0) {
            words.add((count.sent() == 1 ? "1 record" : Quantities.count(count.sent()) + " records") + topic);
        }
        if (count.refused() > 0) {
            words.add(count.refused() == 1 ? "1 dead letter" : Quantities.count(count.refused()) + " dead letters");
        }
        if (count.changes() > 0) {
            words.add(
                    (count.changes() == 1 ? "1 change" : Quantities.count(count.changes()) + " changes") + " in place");
        }
        if (count.leftAlone() > 0) {
            words.add(Quantities.count(count.leftAlone()) + " left alone");
        }
        return String.join(", ", words);
    }
}
