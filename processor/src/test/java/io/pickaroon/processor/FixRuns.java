package io.pickaroon.processor;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs over one file to its end with a checkpoint beside it, and the rules that tests of fixes use. */
final class FixRuns {
    private FixRuns() {}

    static Ledger run(Path file, ScriptedSink sink, Rule... rules) throws IOException {
        return run(file, false, sink, rules);
    }

    static Ledger run(Path file, boolean startAtEnd, ScriptedSink sink, Rule... rules) throws IOException {
        try (Recovery recovery = Recovery.of(file.resolveSibling("checkpoint"))) {
            return processor(recovery, file, startAtEnd, sink, rules).run().block(Duration.ofSeconds(60));
        }
    }

    static LogInput input(String id, Path file, boolean startAtEnd, int maxRecordBytes, Rule... rules) {
        Reading reading = new Reading(new WindowPlan(4096, maxRecordBytes, Delimiter.AUTO));
        return new LogInput(id, Discovery.of(List.of(file)), startAtEnd, reading, List.of(rules));
    }

    static LogProcessor processor(Recovery recovery, Path file, boolean startAtEnd, ScriptedSink sink, Rule... rules) {
        LogInput input = input("test", file, startAtEnd, 2048, rules);
        return new LogProcessor(List.of(input), sink, RunState.of(recovery), RunSettings.untilEndOfFiles());
    }

    static Set<String> fingerprints(Rule... rules) {
        return new Scanner(List.of(rules), Delimiter.AUTO, 2048).fingerprints();
    }

    static Rule replace(String text, String replacement) {
        return new Rule(
                text,
                new Pattern.Literal(text, false),
                true,
                Optional.of(new Fix(new Fix.Replace(replacement), "", 0)));
    }

    static Rule mask(String regex, String group, int keepFirst, int keepLast) {
        return new Rule(
                "mask",
                new Pattern.Regex(regex, false),
                true,
                Optional.of(new Fix(new Fix.Mask('*', keepFirst, keepLast), group, 0)));
    }

    static List<String> records(ScriptedSink sink) {
        return sink.arrivals().stream().map(Arrival::record).toList();
    }
}
