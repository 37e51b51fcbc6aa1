package io.pickaroon.app.forecast;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.inspect.CheckpointAtRest;
import io.pickaroon.app.report.LedgerText;
import io.pickaroon.app.terminal.NamedPath;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A forecast in words: where the run would begin and send to, what each rule would do in which file, and the ledger. */
public final class ForecastText {
    private final Foreseen foreseen;
    private final RunPlan plan;
    private final Examples examples;
    private final StringBuilder text = new StringBuilder();

    public ForecastText(Foreseen foreseen, Examples examples) {
        this.foreseen = foreseen;
        this.plan = foreseen.plan();
        this.examples = examples;
    }

    /**
     * Lines, with line ends. Called once.
     *
     * @param fromBeginning whether the command line has every file read from its start
     */
    public String of(boolean fromBeginning) throws IOException {
        sayWhereItBegins(fromBeginning);
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
        line(LedgerText.of(foreseen.ledger(), foreseen.seconds()));
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private String startThatSkips() {
        boolean isAtTime =
                plan.settings().inputs().stream().anyMatch(input -> input.start() instanceof InputSettings.Start.At);
        return isAtTime ? "'start'" : "'start: end'";
    }

    private void sayWhereItBegins(boolean fromBeginning) throws IOException {
        Optional<Path> checkpoint = plan.settings().checkpoint().map(settings -> NamedPath.reachable(settings.path()));
        long before = foreseen.resumedBytes();
        if (checkpoint.isEmpty()) {
            line("every file is read from its beginning: there is no checkpoint");
        } else if (fromBeginning) {
            line("every file is read from its beginning, as --from-beginning says");
        } else if (Files.exists(checkpoint.get())) {
            line("from the positions in %s: %s before them are not read again"
                    .formatted(NativePath.printable(checkpoint.get()), Quantities.bytes(before)));
        } else {
            line("%s is not there yet: this is the first run%s"
                    .formatted(
                            NativePath.printable(checkpoint.get()),
                            before == 0 ? "" : "; " + startThatSkips() + " skips " + Quantities.bytes(before)));
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
        Foreseen.Count total = foreseen.total(rule.id());
        String topic = rule.emit().map(emit -> " to topic " + emit.topic()).orElse("");
        line("");
        line("rule %s: %s"
                .formatted(rule.id(), total.equals(Foreseen.Count.NOTHING) ? "nothing" : words(total, topic)));
        foreseen.files(rule.id()).forEach((file, count) -> line("  " + file + ": " + words(count, "")));
        for (Examples.Example example : examples.of(rule.id())) {
            line(NativePath.printable(example.file()) + ":" + example.offset());
            text.append(example.lines());
        }
    }

    /**
     * What a rule would do, in words.
     *
     * @param topic what is said of where records are sent
     */
    public static String words(Foreseen.Count count, String topic) {
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
