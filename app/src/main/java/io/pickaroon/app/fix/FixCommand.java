package io.pickaroon.app.fix;

import io.pickaroon.app.command.ByteSize;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.search.PatternOptions;
import io.pickaroon.app.search.ReadingOptions;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.scan.Fix;
import io.pickaroon.processor.scan.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pickaroon fix}: changes what matches, in the files, at the same length. */
@Command(
        name = "fix",
        description = {
            "Changes what matches, in place and at the same length: file size, inode, owner and record ends stay."
                    + " Needs no configuration and no Kafka. An application may have the file open meanwhile.",
            "",
            "Every change is in a journal on disk before it is made. After a signal, a crash or a power cut, run the"
                    + " same command again: it brings to its end what was half done, and goes on.",
            "",
            "--dry-run shows secrets: it prints what stands in the files, and what would stand there.",
            "",
            "Ends with 0 when every match that it could see is dealt with; with 1 if a file could not be read or"
                + " changed to its end, or has records of which only the beginning was scanned; with 2 for a mistake"
                + " in what was asked for."
        },
        footer = {
            "",
            "Examples:",
            "  pickaroon fix app.log -F ERROR --replace FIXED --dry-run",
            "  pickaroon fix app.log -F ERROR --replace FIXED",
            "  pickaroon fix *.log -e 'card=(?<pan>\\d{13,19})' \\",
            "      --mask '*' --group pan --keep-last 4"
        })
public final class FixCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files to change.")
    private List<Path> files;

    @Mixin
    private PatternOptions patterns;

    @Option(
            names = "--replace",
            paramLabel = "TEXT",
            description = "Put this text there, of as many bytes as what matched. A match of another length is left"
                    + " alone and counted.")
    private String replacement;

    @Option(
            names = "--mask",
            paramLabel = "C",
            description = "Put this ASCII character there, once for each byte of what matched.")
    private String mask;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Change only what this group of the regular expression matched: (?<NAME>..).")
    private String group;

    @Option(names = "--keep-first", paramLabel = "N", description = "Leave the first N characters out of the mask.")
    private Integer keepFirst;

    @Option(names = "--keep-last", paramLabel = "N", description = "Leave the last N characters out of the mask.")
    private Integer keepLast;

    @Option(
            names = "--dry-run",
            description = "Change nothing; print what would be changed: file:offset, - before, + after.")
    private boolean dryRun;

    @Option(
            names = "--protect-head",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = "0",
            description = "Leave matches alone that begin before this offset: other log shippers can know a file"
                    + " by its first bytes or its first line. Default: ${DEFAULT-VALUE}.")
    private long protectHeadBytes;

    @Option(
            names = "--allow-hard-links",
            description = "Change a file that has several names: it changes under all of them, in backups by hard links"
                    + " too.")
    private boolean allowHardLinks;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the journal is kept until the fix is finished. Default: pickaroon/fix in"
                    + " $$XDG_STATE_HOME, or in ~/.local/state.")
    private Path state;

    @Mixin
    private ReadingOptions reading;

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    public FixCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        FatalErrors.endTheProcess(common.stackTraces());
        LogbackSetup.applyForTrouble(outputOptions.quiet(), common.stackTraces());
        require(
                (replacement == null) != (mask == null),
                "say what to put there, with either --replace TEXT or --mask C");
        require(mask != null || keepFirst == null && keepLast == null, "--keep-first and --keep-last belong to --mask");
        require(mask == null || mask.length() == 1, "--mask takes one printable ASCII character, not '" + mask + "'");
        require(
                replacement == null || ByteText.isUtf8(replacement),
                "--replace takes a text in UTF-8, with as many bytes as what it replaces");
        FixRun.Wanted wanted = new FixRun.Wanted(
                FixRules.of(patterns.wanted(), fix()), reading.limits(), allowHardLinks, common.stackTraces());
        VectorRestart.ifWorthIt(
                wanted.rules().stream().map(Rule::pattern).toList(),
                () -> files.stream().mapToLong(file -> file.toFile().length()).sum());
        if (dryRun) {
            return new FixDryRun(terminal, outputOptions, wanted).run(files);
        }
        Path root = state == null
                ? FixState.defaultRoot(CallerTexts::variable, Path.of(System.getProperty("user.home")))
                : state;
        return new FixRun(terminal, outputOptions, wanted, root).run(files);
    }

    private Fix fix() {
        try {
            Fix.Change change = mask == null
                    ? new Fix.Replace(replacement)
                    : new Fix.Mask(mask.charAt(0), orZero(keepFirst), orZero(keepLast));
            return new Fix(change, group, protectHeadBytes);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    private static int orZero(Integer number) {
        return number == null ? 0 : number;
    }

    private void require(boolean fulfilled, String message) {
        if (!fulfilled) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
