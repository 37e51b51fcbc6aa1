package io.pickaroon.app.scan;

import io.pickaroon.app.error.UserError;
import io.pickaroon.app.terminal.OutputPart;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.metrics.StartTrace;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.time.TimeStretch;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The search of one file or stream, and what is printed of it. Used by one thread at a time. */
final class FileSearch implements LogSearch.Findings {
    /** What is searched. */
    interface Source {
        void search(FileSearch findings) throws IOException;
    }

    private final ScanRequest request;
    private final ScanOutcome outcome;
    private final OutputPart output;
    private final FileReport report;
    private final Path name;

    FileSearch(ScanRequest request, ScanOutcome outcome, OutputPart output, Path name) {
        this.request = request;
        this.outcome = outcome;
        this.output = output;
        this.name = name;
        this.report = report(request, new RecordPrinter(output, request.layout(), NativePath.printable(name)));
    }

    private static FileReport report(ScanRequest request, RecordPrinter printer) {
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

    /**
     * Searches it. Of a file that is damaged, what comes before that is printed or counted, too.
     *
     * @throws RecordOutput.OutputLost if nothing can be printed any more
     */
    void run(Source source) throws IOException {
        boolean isWhole = false;
        try {
            source.search(this);
            isWhole = true;
        } catch (RecordOutput.OutputLost e) {
            throw e;
        } catch (LogSearch.BinaryContent _) {
            outcome.skippedBinary();
            return;
        } catch (FileTree.LinkBack e) {
            say(() -> outcome.warned(e));
            return;
        } catch (FileSystemException | UserError e) {
            say(() -> outcome.failed(e));
            return;
        } catch (IOException e) {
            say(() -> outcome.failed(e));
        } finally {
            if (report.hasSelected()) {
                found();
            }
        }
        if (isWhole || request.answer() != Answer.NAME_IF_NOT_FOUND) {
            report.end();
        }
    }

    /** Where that is the whole answer, it is known when all before is done, so that the messages do not depend on chance. */
    private void found() throws IOException {
        if (request.answer() == Answer.NOTHING) {
            output.awaitTurn();
        }
        outcome.found();
    }

    /** Says so when all before is done, so that messages come in the order of the files. */
    private void say(Runnable message) throws IOException {
        if (awaitTurn()) {
            // The two may go to one place: no message stands within a record.
            output.flush();
            message.run();
        }
    }

    /** Waits until what comes before is done. Returns whether this one is still wanted. */
    boolean awaitTurn() throws IOException {
        output.awaitTurn();
        return !outcome.isAnswered();
    }

    @Override
    public boolean mayTakeAllThreads() throws IOException {
        return awaitTurn();
    }

    @Override
    public void begins(TimeStretch stretch, long sizeBytes) {
        if (!stretch.hasTimes() && sizeBytes > 0) {
            throw new UserError(NativePath.printable(name)
                    + ": no record that was looked at has a time as --time reads it; see the first records with 'head',"
                    + " and give another --time");
        }
        outcome.sought(stretch.endOffset() - stretch.startOffset(), sizeBytes);
    }

    @Override
    public int neighbours() {
        return request.selection().neighbours();
    }

    @Override
    public boolean accept(ScannedWindow window) throws IOException {
        StartTrace.phase("first window");
        outcome.read(window.tally());
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
}
