package io.pickaroon.app.plan;

import io.pickaroon.app.forecast.ForecastText;
import io.pickaroon.app.search.InputTimes;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.time.TimeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan in words, for a terminal: a forecast, and beneath it what each detector found, how long it takes, and which copies stay. */
final class PlanText {
    private PlanText() {}

    /** All of it, with line ends. */
    static String of(Path configuration, Plan plan, boolean fromBeginning, Optional<TimeRange> range)
            throws IOException {
        StringBuilder text =
                new StringBuilder("plan of %s: nothing is sent or changed, this is what 'run --once%s' would do%s\n"
                        .formatted(
                                NativePath.printable(configuration),
                                fromBeginning ? " --from-beginning" : "",
                                InputTimes.words(range)));
        text.append(new ForecastText(plan.foreseen(), plan.examples()).of(fromBeginning));
        detectors(plan).forEach(line -> text.append('\n').append(line));
        text.append("\n\n").append(duration(plan)).append('\n');
        if (!plan.copies().isEmpty()) {
            text.append("\nbeside the files that would change:\n");
            plan.copies().forEach(copy -> text.append(line(copy)).append('\n'));
        }
        return text.toString();
    }

    private static List<String> detectors(Plan plan) {
        List<String> lines = new ArrayList<>();
        for (RuleSettings rule : plan.foreseen().plan().settings().rules()) {
            List<String> found =
                    plan.detectors().of(rule.id()).stream().map(PlanText::words).toList();
            if (!found.isEmpty()) {
                lines.add("rule %s, by detector: %s".formatted(rule.id(), String.join("; ", found)));
            }
        }
        if (plan.detectors().unreadRecords() > 0) {
            lines.add(
                    "%s records of archives or container logs, of which masks hide what is sent, are in the figures of no detector"
                            .formatted(Quantities.count(plan.detectors().unreadRecords())));
        }
        return lines;
    }

    /** What one detector found. */
    static String words(DetectorCounts.Found found) {
        List<String> words = new ArrayList<>();
        if (found.records() > 0) {
            words.add(found.records() == 1 ? "1 record" : Quantities.count(found.records()) + " records");
        }
        if (found.changes() > 0) {
            words.add(found.changes() == 1 ? "1 change" : Quantities.count(found.changes()) + " changes");
        }
        return found.detector() + " " + String.join(", ", words);
    }

    /** How long the run takes, as far as that is known. */
    static String duration(Plan plan) {
        double bytes = plan.foreseen().ledger().scanned().bytes();
        return ("For reading a run takes about %s, as this plan did, %s/s; what the destination takes to acknowledge"
                        + " and the disk to make changes durable comes on top, and is not known")
                .formatted(
                        Quantities.duration(plan.readingSeconds()),
                        Quantities.bytes(bytes / Math.max(plan.readingSeconds(), 1e-3)));
    }

    private static String line(Copies.Copy copy) {
        String path = NativePath.printable(copy.path());
        return "  %s: %s%s"
                .formatted(
                        path,
                        copy.kind().words(),
                        copy.path().equals(copy.of()) ? "" : "; of " + NativePath.printable(copy.of()));
    }
}
