package io.pickaroon.app.search;

import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.util.List;

/**
 * What bounds memory.
 *
 * @param windowBytes how much of a file is scanned as one
 * @param maxRecordBytes only this much of a longer record is scanned
 * @param threads how many windows are scanned at the same time
 */
public record ReadingLimits(int windowBytes, int maxRecordBytes, int threads) {
    /** How the engine cuts files within these limits: records end at LF or CR LF. */
    public WindowPlan plan() {
        return new WindowPlan(windowBytes, maxRecordBytes, Delimiter.AUTO);
    }

    /** A search within these limits, in archives too. */
    public LogSearch search(List<Rule> rules) {
        return new LogSearch(rules, plan(), threads, DecodedFormats.ALL);
    }
}
