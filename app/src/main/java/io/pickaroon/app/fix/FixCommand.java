package io.pickaroon.app.fix;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.ByteSize;
import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.CommonOptions;
import io.pickaroon.app.command.FatalErrors;
import io.pickaroon.app.command.OutputOptions;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.app.search.NamedFile;
import io.pickaroon.app.search.PatternOptions;
import io.pickaroon.app.search.ReadingOptions;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.CallerTexts;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pickaroon fix}: changes what matches, in the files, at the same length. */
public final class FixCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CommandModel command = new CommandModel("fix", this)
            .description(
                    "Changes what matches, in place and at the same length: file size, inode, owner and record ends"
                            + " stay. Needs no configuration and no Kafka. An application may have the file open"
                            + " meanwhile.",
                    "",
                    "Every change is in a journal on disk before it is made. After a signal, a crash or a power cut,"
                            + " run the same command again: it brings to its end what was half done, and goes on.",
                    "",
                    "With --delivered-by it fixes the files of a configuration, by its rules, as far as a Kafka Connect"
                            + " connector has committed them, and nothing else.",
                    "",
                    "--dry-run shows secrets: it prints what stands in the files, and what would stand there.",
                    "",
                    "Ends with 0 when every match that it could see is dealt with; with 1 if a file could not be read"
                        + " or changed to its end, or has records of which only the beginning was scanned; with 2 for"
                        + " a mistake in what was asked for.")
            .footer(
                    "",
                    "Examples:",
                    "  pickaroon fix app.log -F ERROR --replace FIXED --dry-run",
                    "  pickaroon fix app.log -F ERROR --replace FIXED",
                    "  pickaroon fix *.log -e 'card=(?<pan>\\d{13,19})' \\",
                    "      --mask '*' --group pan --keep-last 4",
                    "  pickaroon fix -c pickaroon.yaml --delivered-by http://connect:8083/connectors/shop");
    private final Supplier<List<Path>> files = command.optionalParameters(Path.class, "FILE", "The files to change.");
    private final PatternOptions patterns = new PatternOptions(command);
    private final Supplier<String> replacement = command.option(names("--replace")
            .type(String.class)
            .paramLabel("TEXT")
            .description(
                    "Put this text there, of as many bytes as what matched. A match of another length is left alone"
                            + " and counted."));
    private final Supplier<String> mask = command.option(names("--mask")
            .type(String.class)
            .paramLabel("C")
            .description("Put this ASCII character there, once for each byte of what matched."));
    private final Supplier<String> group = command.option(names("--group")
            .type(String.class)
            .paramLabel("NAME")
            .defaultValue("")
            .description("Change only what this group of the regular expression matched: (?<NAME>..)."));
    private final Supplier<Integer> keepFirst = command.option(names("--keep-first")
            .type(Integer.class)
            .paramLabel("N")
            .description("Leave the first N characters out of the mask."));
    private final Supplier<Integer> keepLast = command.option(names("--keep-last")
            .type(Integer.class)
            .paramLabel("N")
            .description("Leave the last N characters out of the mask."));
    private final Supplier<Boolean> dryRun =
            command.flag("Change nothing; print what would be changed: file:offset, - before, + after.", "--dry-run");
    private final Supplier<Long> protectHeadBytes = command.option(names("--protect-head")
            .type(long.class)
            .converters(new ByteSize())
            .paramLabel("SIZE")
            .defaultValue("0")
            .description("Leave matches alone that begin before this offset: other log shippers can know a file by its"
                    + " first bytes or its first line. Default: ${DEFAULT-VALUE}."));
    private final Supplier<Boolean> allowHardLinks = command.flag(
            "Change a file that has several names: it changes under all of them, in backups by hard links too.",
            "--allow-hard-links");
    private final Supplier<Boolean> allowNetworkFileSystem = command.flag(
            "Change a file on NFS, SMB, CephFS or FUSE: a change there can undo what another host appends meanwhile.",
            "--allow-network-file-system");
    private final DeliveredByOptions deliveredBy = new DeliveredByOptions(command);
    private final Supplier<Path> state = command.option(names("--state")
            .type(Path.class)
            .paramLabel("DIR")
            .description(
                    "Where the journal is kept until the fix is finished, and with --delivered-by how far files are"
                            + " fixed. Default: pickaroon/fix in $$XDG_STATE_HOME, or in ~/.local/state."));
    private final Supplier<Path> audit = command.option(names("--audit")
            .type(Path.class)
            .paramLabel("FILE")
            .description("Add a line to this audit trail for each change, before it is made; 'pickaroon audit verify'"
                    + " checks it. With --delivered-by the default is that of the configuration."));
    private final Supplier<Path> auditKey = command.option(names("--audit-key-file")
            .type(Path.class)
            .paramLabel("FILE")
            .description("Chain the lines of the audit trail by HMAC-SHA-256 with the key in this file."));
    private final ReadingOptions reading = new ReadingOptions(command);
    private final OutputOptions outputOptions = new OutputOptions(command);
    private final CommonOptions common = new CommonOptions(command);

    public FixCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public Integer call() throws Exception {
        FatalErrors.endTheProcess(common.stackTraces());
        LogbackSetup.applyForTrouble(outputOptions.quiet(), common.stackTraces());
        if (deliveredBy.areGiven(!files.get().isEmpty())) {
            FixReport.Saying how = new FixReport.Saying(dryRun.get(), outputOptions.quiet(), common.stackTraces());
            return new DeliveredFix(terminal, deliveredBy.request(stateRoot(), trail("--delivered-by"), how)).run();
        }
        require(!files.get().isEmpty(), "name the files to change");
        requireOneChange(replacement.get(), mask.get());
        List<Rule> rules = FixRules.of(patterns.wanted(), fix(replacement.get(), mask.get()));
        FixRun.Wanted wanted = new FixRun.Wanted(
                rules,
                reading.limits(),
                new FixableFiles.Allowed(allowHardLinks.get(), allowNetworkFileSystem.get()),
                FixTrail.of(trail(FixState.kind(rules, reading.limits().maxRecordBytes()))),
                common.stackTraces());
        VectorRestart.ifWorthIt(
                wanted.rules().stream().map(Rule::pattern).toList(), () -> NamedFile.totalBytes(files.get()));
        if (dryRun.get()) {
            return new FixDryRun(terminal, outputOptions, wanted).run(files.get());
        }
        return new FixRun(terminal, outputOptions, wanted, stateRoot()).run(files.get());
    }

    private Optional<TrailSettings> trail(String kind) throws IOException {
        require(audit.get() != null || auditKey.get() == null, "--audit-key-file belongs to --audit");
        return audit.get() == null
                ? Optional.empty()
                : Optional.of(FixTrail.named(audit.get(), Optional.ofNullable(auditKey.get()), kind));
    }

    private Path stateRoot() {
        return state.get() == null
                ? FixState.defaultRoot(CallerTexts::variable, Path.of(System.getProperty("user.home")))
                : state.get();
    }

    private void requireOneChange(String replacement, String mask) {
        require(
                (replacement == null) != (mask == null),
                "say what to put there, with either --replace TEXT or --mask C");
        require(
                mask != null || keepFirst.get() == null && keepLast.get() == null,
                "--keep-first and --keep-last belong to --mask");
        require(mask == null || mask.length() == 1, "--mask takes one printable ASCII character, not '" + mask + "'");
        require(
                replacement == null || ByteText.isUtf8(replacement),
                "--replace takes a text in UTF-8, with as many bytes as what it replaces");
    }

    private Fix fix(String replacement, String mask) {
        try {
            Fix.Change change = mask == null
                    ? new Fix.Replace(replacement)
                    : new Fix.Mask(mask.charAt(0), orZero(keepFirst.get()), orZero(keepLast.get()));
            return new Fix(change, group.get(), protectHeadBytes.get());
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    private static int orZero(Integer number) {
        return number == null ? 0 : number;
    }

    private void require(boolean fulfilled, String message) {
        if (!fulfilled) {
            throw command.mistake(message);
        }
    }
}
