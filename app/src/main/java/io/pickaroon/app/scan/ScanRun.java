package io.pickaroon.app.scan;

import io.pickaroon.app.error.UserError;
import io.pickaroon.app.search.NamedFile;
import io.pickaroon.app.search.NamedStream;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.terminal.OutputFile;
import io.pickaroon.app.terminal.OutputPart;
import io.pickaroon.app.terminal.OutputParts;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.metrics.StartTrace;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks through files and streams, several at a time, tells what was found in their order, and goes on when one of them
 * cannot be read.
 */
final class ScanRun {
    private final Terminal terminal;
    private final ScanRequest request;
    private final LogSearch search;
    private final LogSearch searchOfFound;
    private final InputSizes sizes;
    private final ScanOutcome outcome;
    private final OutputFile outputFile;

    /** @throws UserError if something cannot be searched for */
    ScanRun(Terminal terminal, ScanRequest request) {
        this.terminal = terminal;
        this.request = request;
        this.sizes = new InputSizes(request.files());
        VectorRestart.ifWorthIt(request.searched().patterns(), sizes::bytesThatMatter);
        this.search = ScanSearch.of(request);
        this.searchOfFound = search.refusingBinaries();
        this.outcome = new ScanOutcome(request);
        this.outputFile = request.mayFeedItself() ? terminal.outputFile() : OutputFile.NONE;
        StartTrace.phase("patterns");
    }

    /** Returns the exit code. */
    int run(boolean progressBar) {
        try (RecordOutput output = new RecordOutput(terminal.output())) {
            if (progressBar) {
                long totalBytes = sizes.totalBytes();
                try (ProgressDisplay _ = new ProgressDisplay(terminal, () -> outcome.progress(totalBytes))) {
                    scanAll(output);
                }
            } else {
                scanAll(output);
            }
            output.flush();
        } catch (RecordOutput.ReaderGone _) {
            return outcome.exitCode();
        } catch (IOException e) {
            outcome.lost(e);
        }
        outcome.sayWhatIsMissing();
        return outcome.exitCode();
    }

    private void scanAll(RecordOutput output) throws IOException {
        int threads = request.files().mayBeSeveral() ? request.limits().threads() : 1;
        try (SearchThreads searches = new SearchThreads(threads, new OutputParts(output))) {
            for (Path named : request.files().named()) {
                if (!outcome.isAnswered()) {
                    searchAll(named, searches);
                }
            }
            searches.finish();
        }
    }

    private void searchAll(Path named, SearchThreads searches) throws IOException {
        boolean isDirectory = Files.isDirectory(named);
        if (StandardInput.isMeantBy(named)) {
            searches.run(part -> search(part, StandardInput.NAME)
                    .run(findings -> searchStandardInput(StandardInput.NAME, findings)));
        } else if (isDirectory && request.files().recursion() != FileChoice.Recursion.REFUSED) {
            new FileTree(request.files(), new Found(searches)).walk(named);
        } else if (isDirectory || request.files().takes(named)) {
            searches.run(part -> search(part, named).run(findings -> searchNamed(named, findings)));
        }
    }

    private FileSearch search(OutputPart part, Path name) {
        return new FileSearch(request, outcome, part, name);
    }

    private void searchNamed(Path file, FileSearch findings) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UserError(NativePath.printable(file) + ": is a directory; search the files in it with -r");
        }
        if (!Files.exists(file) || Files.isRegularFile(file)) {
            NamedFile.requireReadable(file);
            refuseOutput(file, outputFile.is(file));
            StartTrace.phase("file");
            search.search(file, findings);
        } else if (StandardInput.isDevice(file)) {
            searchStandardInput(file, findings);
        } else if (findings.awaitTurn()) {
            // To open a pipe may wait for the other end.
            try (InputStream stream = new FileInputStream(file.toFile())) {
                searchStream(stream, file, findings);
            }
        }
    }

    private void searchStandardInput(Path name, FileSearch findings) throws IOException {
        refuseOutput(name, outputFile.isStandardInput());
        searchStream(System.in, name, findings);
    }

    private static void refuseOutput(Path name, boolean isOutput) {
        if (isOutput) {
            throw new UserError(NativePath.printable(name)
                    + ": not searched, because the output goes there; write it to another file, or exclude it");
        }
    }

    private void searchStream(InputStream stream, Path name, FileSearch findings) throws IOException {
        if (findings.awaitTurn()) {
            StartTrace.phase("file");
            search.search(new NamedStream(stream, name), name, findings);
        }
    }

    private final class Found implements FileTree.Visitor {
        private final SearchThreads searches;

        Found(SearchThreads searches) {
            this.searches = searches;
        }

        @Override
        public boolean file(Path file) throws IOException {
            searches.run(part -> search(part, file).run(findings -> {
                refuseOutput(file, outputFile.is(file));
                searchOfFound.search(file, findings);
            }));
            return !outcome.isAnswered();
        }

        @Override
        public void unreadable(Path directory, IOException reason) throws IOException {
            searches.run(part -> search(part, directory).run(_ -> {
                throw reason;
            }));
        }
    }
}
