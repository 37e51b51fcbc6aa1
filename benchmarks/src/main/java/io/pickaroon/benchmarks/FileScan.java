package io.pickaroon.benchmarks;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Scans a log in the page cache with some rules, on the thread that calls. */
final class FileScan implements AutoCloseable {
    static final int MIB = 128;
    private static final int MAX_RECORD_BYTES = 1 << 20;

    private final Path path;
    private final LogFile file;
    private final Scanner scanner;
    private final WindowPlan plan;

    FileScan(List<Pattern> patterns, int windowBytes) throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (Pattern pattern : patterns) {
            rules.add(new Rule("rule-" + rules.size(), pattern));
        }
        path = Files.createTempFile("pickaroon-benchmark", ".log");
        SampleLog.write(path, (long) MIB << 20);
        file = LogFile.open(path);
        scanner = new Scanner(rules, Delimiter.LF, MAX_RECORD_BYTES);
        plan = new WindowPlan(windowBytes, MAX_RECORD_BYTES, Delimiter.LF);
    }

    /** Scans the whole file; its matches are copied as for a sink, and dropped. */
    ScanTally scan() throws IOException {
        return plan.windows(file, Position.START, file.sizeBytes())
                .concatMap(scanner::scan, 1)
                .map(ScannedWindow::tally)
                .reduce(ScanTally.ZERO, ScanTally::plus)
                .block();
    }

    @Override
    public void close() throws IOException {
        file.close();
        Files.delete(path);
    }
}
