package io.pickaroon.app.scan;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.search.ReadingOptions;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.metrics.StartTrace;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon scan}: looks only, like grep, with the engine. */
public final class ScanCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 1;

    private final Terminal terminal;
    private final CommandModel command = new CommandModel("scan", this)
            .description(
                    "Prints the records that match, of files or of standard input, with the options of grep. Changes"
                            + " nothing, needs no configuration.",
                    "",
                    "Ends as grep does: with 0 if a record was selected, with 1 if none was, with 2 for a mistake in"
                            + " what was asked for, or if something could not be read.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon scan app.log -e ERROR",
                    "  pickaroon scan --count *.log -e ERROR -e 'timeout after [0-9]+ ms'",
                    "  pickaroon scan -rn -C 3 --include '*.log' -e 'order=4711' /var/log",
                    "  tail -f app.log | pickaroon scan -i -F 'out of memory (heap)'");
    private final FileOptions files = new FileOptions(command);
    private final ScanPatterns patterns = new ScanPatterns(command);
    private final ScanOptions options = new ScanOptions(command);
    private final ReadingOptions reading = new ReadingOptions(command);
    private final Supplier<Boolean> noProgress = command.flag(
            "Show no progress bar. There is none either where standard error is no terminal.", "--no-progress");
    private final CommonOptions common = new CommonOptions(command);

    public ScanCommand(Terminal terminal) {
        this.terminal = terminal;
        command.letTheLastCount();
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() {
        FatalErrors.endTheProcess(common.stackTraces());
        StartTrace.phase("logging");
        ScanRequest request = request();
        return request.isAnsweredByNothing() ? NOT_FOUND : run(request);
    }

    private ScanRequest request() {
        try {
            Searched searched = patterns.searched(line -> terminal.errors().println(line));
            FileChoice choice = files.choice();
            return new ScanRequest(
                    searched,
                    choice,
                    options.selection(),
                    options.answer(),
                    options.layout(terminal, choice.mayBeSeveral()),
                    reading.limits());
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    private int run(ScanRequest request) {
        boolean counts = request.answer() == Answer.COUNT || request.answer() == Answer.COUNT_BY_PATTERN;
        return new ScanRun(terminal, request).run(counts && terminal.errorsAreSeen() && !noProgress.get());
    }
}
