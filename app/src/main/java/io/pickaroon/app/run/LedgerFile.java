package io.pickaroon.app.run;

import io.pickaroon.app.command.Version;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.figures.FigureFile;
import io.pickaroon.app.figures.RecordedRun;
import io.pickaroon.app.figures.RecordedRunJson;
import io.pickaroon.app.figures.RunFigures;
import io.pickaroon.processor.delivery.HostName;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.metrics.Ledger;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Keeps the figures of one run by file and rule, in the format of a plan, which they can be compared with. */
final class LedgerFile {
    private final RunRequest request;
    private final RunPlan plan;
    private final FigureFile file;
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final RunFigures figures = new RunFigures();

    private LedgerFile(RunRequest request, RunPlan plan, FigureFile file) {
        this.request = request;
        this.plan = plan;
        this.file = file;
    }

    /** Of the run that begins now; empty if none is wanted. */
    static Optional<LedgerFile> of(RunRequest request, RunPlan plan) throws IOException {
        if (request.ledger().isEmpty()) {
            return Optional.empty();
        }
        FigureFile file = new FigureFile("--ledger", request.ledger().get());
        file.require(plan.files(), request.configuration());
        return Optional.of(new LedgerFile(request, plan, file));
    }

    /** A window that is delivered and fixed. */
    void fixed(FixedWindow window) {
        figures.fixed(window);
    }

    /** Writes it at the end of the run. */
    void write(Ledger ledger, double seconds) throws IOException {
        RecordedRun.Origin origin = new RecordedRun.Origin(
                Version.number(),
                HostName.local(),
                startedAt.toString(),
                seconds,
                NativePath.escaped(request.configuration()),
                plan.sha256());
        RecordedRun run = RecordedRun.of(RecordedRun.Kind.LEDGER, origin, ledger, figures.files());
        file.write(out -> RecordedRunJson.write(out, run, RecordedRunJson.More.NOTHING));
    }
}
