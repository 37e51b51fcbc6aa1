package io.pickaroon.app.report;

import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Table;
import io.pickaroon.processor.delivery.Latencies;
import io.pickaroon.processor.metrics.CommitFigures;
import io.pickaroon.processor.metrics.InputFigures;
import io.pickaroon.processor.metrics.RuleFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A status as tables, for people. */
public final class StatusTable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private StatusTable() {}

    /** Lines, each with a line end. */
    public static String of(DaemonStatus status) {
        List<String> lines = new ArrayList<>();
        List<String> reasons = status.reasonsNotReady();
        lines.add(status.process().instance() + ": " + (reasons.isEmpty() ? "ready" : String.join("; ", reasons)));
        lines.add("pickaroon %s, up %s, %d outages, %d reloads, %d refused"
                .formatted(
                        status.process().version(),
                        Quantities.duration(seconds(Duration.between(
                                status.process().startedAt(), status.process().at()))),
                        status.delivery().outages(),
                        status.process().reloads().applied(),
                        status.process().reloads().refused()));
        status.commits().ifPresent(commits -> lines.add(checkpoint(commits)));
        if (status.delivery().transactions().count() > 0) {
            lines.add("Kafka: " + each(status.delivery().transactions(), "transactions"));
        }
        status.reasonsNotHealthy().forEach(reason -> lines.add("UNHEALTHY: " + reason));
        status.warnings().forEach(warning -> lines.add("warning: " + warning));
        status.inputs().stream()
                .filter(input -> input.paced().isPositive())
                .forEach(input -> lines.add(String.format(
                        Locale.ROOT, "input %s: waited %.1f s for its maxRate", input.id(), seconds(input.paced()))));
        StringBuilder text =
                new StringBuilder(String.join(System.lineSeparator(), lines)).append(System.lineSeparator());
        if (!status.inputs().isEmpty()) {
            text.append(System.lineSeparator()).append(inputs(status.inputs()));
            text.append(System.lineSeparator()).append(rules(status.inputs()));
        }
        return text.toString();
    }

    private static String checkpoint(CommitFigures commits) {
        return String.format(
                Locale.ROOT,
                "checkpoint: durable %.1f s ago, %s%s",
                seconds(commits.age()),
                each(commits.latencies(), "commits"),
                commits.waitsForRoom()
                        .map(reason -> "; waits for room: " + reason)
                        .orElse(""));
    }

    private static String each(Latencies latencies, String what) {
        double eachSeconds = latencies.count() == 0 ? 0 : seconds(latencies.total()) / latencies.count();
        return String.format(
                Locale.ROOT,
                "%s %s, %.1f ms each",
                Quantities.count(latencies.count()),
                what,
                MILLIS_PER_SECOND * eachSeconds);
    }

    private static String inputs(List<InputFigures> inputs) {
        Table table = new Table()
                .row("input", "files", "bytes", "records", "emitted", "dead", "fixes", "lost", "lag", "oldest");
        for (InputFigures input : inputs) {
            table.row(
                    input.id(),
                    Quantities.count(input.files()),
                    Quantities.count(input.scanned().bytes()),
                    Quantities.count(input.scanned().records()),
                    Quantities.count(input.emittedMatches()),
                    Quantities.count(input.deadLetteredMatches()),
                    Quantities.count(input.fixes().edits()),
                    Quantities.count(input.lostBytes()),
                    Quantities.count(input.lagBytes()),
                    String.format(Locale.ROOT, "%.1f s", seconds(input.lag())));
        }
        return table.render();
    }

    private static String rules(List<InputFigures> inputs) {
        Table table = new Table().row("input", "rule", "matched", "emitted+dead", "sampled out", "fixes", "left alone");
        for (InputFigures input : inputs) {
            for (RuleFigures rule : input.rules()) {
                table.row(
                        input.id(),
                        rule.id(),
                        Quantities.count(rule.matchedRecords()),
                        Quantities.count(rule.emittedMatches()),
                        Quantities.count(rule.sampledOutMatches()),
                        Quantities.count(rule.fixes()),
                        Quantities.count(rule.fixesLeftAlone()));
            }
        }
        return table.render();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
