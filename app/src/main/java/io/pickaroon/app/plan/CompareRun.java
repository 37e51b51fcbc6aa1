package io.pickaroon.app.plan;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.figures.RecordedRun;
import io.pickaroon.app.figures.RecordedRunReader;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code pickaroon plan --compare}: says whether a run has done what was planned. */
final class CompareRun {
    private final Terminal terminal;
    private final boolean quiet;

    CompareRun(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.quiet = quiet;
    }

    /** Returns the exit code: 1 if there is a difference. */
    int run(Path planFile, Path doneFile) throws IOException {
        RecordedRun plan = RecordedRunReader.read(planFile);
        RecordedRun done = RecordedRunReader.read(doneFile);
        if (plan.kind() != RecordedRun.Kind.PLAN) {
            throw new UserError(NativePath.printable(planFile)
                    + ": is the ledger of a run; name the plan first: pickaroon plan --compare PLAN LEDGER");
        }
        List<String> differences = PlanComparison.differences(plan, done);
        PrintStream out = terminal.text();
        differences.forEach(out::println);
        if (!quiet) {
            out.println(differences.isEmpty() ? agreement(plan) : number(differences.size(), "difference"));
            out.println("plan of %s, %s of %s".formatted(at(plan), done.kind().word(), at(done)));
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String agreement(RecordedRun plan) {
        long figures = plan.figures().size()
                + plan.files().stream()
                        .mapToLong(file -> 2
                                + file.figures().size()
                                + file.rules().stream()
                                        .mapToLong(rule -> rule.figures().size())
                                        .sum())
                        .sum();
        return "no difference: %s of %s are as planned"
                .formatted(number(figures, "figure"), number(plan.files().size(), "file"));
    }

    private static String number(long count, String noun) {
        return Quantities.count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private static String at(RecordedRun run) {
        return ByteText.withoutControls(run.origin().at());
    }
}
