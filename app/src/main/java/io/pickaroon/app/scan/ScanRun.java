package io.pickaroon.app.scan;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.search.NamedFile;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.metrics.StartTrace;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Looks through files and streams, tells what was found, and goes on when one of them cannot be read. */
final class ScanRun {
    private static final int FOUND = 0;
    private static final int NOT_FOUND = 1;
    private static final int TROUBLE = ExitCode.USER_ERROR;

    private final Terminal terminal;
    private final ScanRequest request;
    private final LogSearch search;
    private final LogSearch searchOfFound;
    private final InputSizes sizes;
    private final LongAdder doneBytes = new LongAdder();
    private final LongAdder matchedRecords = new LongAdder();
    private RecordPrinter printer;
    private boolean isFound;
    private boolean hadTrouble;
    private long headsOnly;
    private long skippedBinaries;

    /** @throws UserError if something cannot be searched for */
    ScanRun(Terminal terminal, ScanRequest request) {
        this.terminal = terminal;
        this.request = request;
        this.sizes = new InputSizes(request.files());
        VectorRestart.ifWorthIt(request.searched().patterns(), sizes::bytesThatMatter);
        this.search = ScanSearch.of(request);
        this.searchOfFound = search.refusingBinaries();
        StartTrace.phase("patterns");
    }

    /** Returns the exit code. */
    int run(boolean progressBar) {
        try (RecordOutput output = new RecordOutput(terminal.output())) {
            printer = new RecordPrinter(output, request.layout());
            if (progressBar) {
                try (ProgressDisplay _ = new ProgressDisplay(terminal, progress())) {
                    scanAll();
                }
            } else {
                scanAll();
            }
            output.flush();
        } catch (RecordOutput.ReaderGone _) {
            return exitCode();
        } catch (IOException e) {
            say(Failure.of(e).message());
            hadTrouble = true;
        }
        sayWhatIsMissing();
        return exitCode();
    }

    private int exitCode() {
        if (isAnswered()) {
            return FOUND;
        }
        return hadTrouble ? TROUBLE : isFound ? FOUND : NOT_FOUND;
    }

    /** Nothing else can change the answer. */
    private boolean isAnswered() {
        return request.answer() == Answer.NOTHING && isFound;
    }

    private void sayWhatIsMissing() {
        if (headsOnly > 0) {
            say(
                    "pickaroon: records longer than %s: %s; only their beginnings were scanned; raise --max-record-bytes to scan more"
                            .formatted(
                                    Quantities.bytes(request.limits().maxRecordBytes()), Quantities.count(headsOnly)));
        }
        if (skippedBinaries > 0 && request.answer() != Answer.NOTHING) {
            say("pickaroon: binary files skipped: %s (a NUL byte in the first 64 KiB); name a file to search it"
                    .formatted(Quantities.count(skippedBinaries)));
        }
    }

    private static void say(String message) {
        System.err.println(message);
    }

    private void scanAll() throws IOException {
        for (Path named : request.files().named()) {
            if (isAnswered()) {
                return;
            }
            boolean isDirectory = Files.isDirectory(named);
            if (StandardInput.isMeantBy(named)) {
                scan(StandardInput.NAME, report -> scanStream(System.in, StandardInput.NAME, report));
            } else if (isDirectory && request.files().recursion() != FileChoice.Recursion.REFUSED) {
                new FileTree(request.files(), new Found()).walk(named);
            } else if (isDirectory || request.files().takes(named)) {
                scan(named, report -> scanNamed(named, report));
            }
        }
    }

    private ScanTally scanNamed(Path file, FileReport report) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UserError(NativePath.printable(file) + ": is a directory; search the files in it with -r");
        }
        if (!Files.exists(file) || Files.isRegularFile(file)) {
            NamedFile.requireReadable(file);
            StartTrace.phase("file");
            return search.search(file, report);
        }
        if (StandardInput.isDevice(file)) {
            return scanStream(System.in, file, report);
        }
        try (InputStream stream = new FileInputStream(file.toFile())) {
            return scanStream(stream, file, report);
        }
    }

    private ScanTally scanStream(InputStream stream, Path name, FileReport report) throws IOException {
        StartTrace.phase("file");
        return search.search(new NamedStream(stream, name), name, report);
    }

    private final class Found implements FileTree.Visitor {
        @Override
        public boolean file(Path file) throws IOException {
            scan(file, report -> searchOfFound.search(file, report));
            return !isAnswered();
        }

        @Override
        public void unreadable(Path directory, IOException reason) {
            failed(reason);
        }
    }

    /** One search of one file or stream. */
    private interface Search {
        ScanTally search(FileReport report) throws IOException;
    }

    /** Of a file that is damaged, what comes before that is printed or counted, too. */
    private void scan(Path name, Search one) throws IOException {
        printer.beginFile(NativePath.printable(name));
        FileReport report = newReport();
        boolean isWhole = false;
        try {
            one.search(new Watched(report));
            isWhole = true;
        } catch (RecordOutput.OutputLost e) {
            throw e;
        } catch (LogSearch.BinaryContent _) {
            skippedBinaries++;
            return;
        } catch (FileSystemException | UserError e) {
            failed(e);
            return;
        } catch (IOException e) {
            failed(e);
        } finally {
            isFound |= report.hasSelected();
        }
        if (isWhole || request.answer() != Answer.NAME_IF_NOT_FOUND) {
            report.end();
        }
    }

    private void failed(Exception e) {
        hadTrouble = true;
        if (!request.files().hidesErrors()) {
            say(Failure.of(e).message());
        }
    }

    private FileReport newReport() {
        if (request.answer() != Answer.RECORDS) {
            return new CountReport(
                    printer,
                    request.answer(),
                    request.selection(),
                    request.searched().texts());
        }
        return request.printsOthers()
                ? new LineReport(printer, request.selection(), request.layout())
                : new MatchReport(printer, request.selection(), request.layout());
    }

    /** A report, with what is shown while it is made. */
    private final class Watched implements FileReport {
        private final FileReport report;

        Watched(FileReport report) {
            this.report = report;
        }

        @Override
        public boolean accept(ScannedWindow window) throws IOException {
            StartTrace.phase("first window");
            doneBytes.add(window.tally().bytes());
            matchedRecords.add(window.tally().matchedRecords());
            headsOnly += window.tally().oversizedRecords();
            return report.accept(window);
        }

        @Override
        public boolean looksBack() {
            return report.looksBack();
        }

        @Override
        public long keepOffset() {
            return report.keepOffset();
        }

        @Override
        public void pause() throws IOException {
            report.pause();
        }

        @Override
        public boolean hasSelected() {
            return report.hasSelected();
        }

        @Override
        public void end() throws IOException {
            report.end();
        }
    }

    private Supplier<Progress> progress() {
        long totalBytes = sizes.totalBytes();
        return () -> new Progress(doneBytes.sum(), totalBytes, matchedRecords.sum());
    }
}
