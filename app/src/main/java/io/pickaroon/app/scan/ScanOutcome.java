package io.pickaroon.app.scan;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.processor.scan.ScanTally;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What came of a scan so far. Thread-safe. */
final class ScanOutcome {
    private static final int FOUND = 0;
    private static final int NOT_FOUND = 1;
    private static final int TROUBLE = ExitCode.USER_ERROR;

    private final ScanRequest request;
    private final LongAdder doneBytes = new LongAdder();
    private final LongAdder matchedRecords = new LongAdder();
    private final LongAdder headsOnly = new LongAdder();
    private final LongAdder skippedBinaries = new LongAdder();
    /** Of files that were searched for a range of time: how much was read, and how much there is. */
    private final LongAdder soughtBytes = new LongAdder();

    private final LongAdder sizeBytes = new LongAdder();
    private volatile boolean isFound;
    private volatile boolean hadTrouble;

    ScanOutcome(ScanRequest request) {
        this.request = request;
    }

    void read(ScanTally tally) {
        doneBytes.add(tally.bytes());
        matchedRecords.add(tally.matchedRecords());
        headsOnly.add(tally.oversizedRecords());
    }

    void found() {
        isFound = true;
    }

    /** Of a file, only a stretch is read, because records of other times are elsewhere. */
    void sought(long stretchBytes, long fileBytes) {
        soughtBytes.add(stretchBytes);
        sizeBytes.add(fileBytes);
    }

    void skippedBinary() {
        skippedBinaries.increment();
    }

    /** Something could not be read, and it is said, unless that is not wanted. */
    void failed(Exception e) {
        hadTrouble = true;
        warned(e);
    }

    /** All can be read, but this is said, unless that is not wanted. */
    void warned(Exception e) {
        if (!request.files().hidesErrors()) {
            say(Failure.of(e).message());
        }
    }

    /** The answer is incomplete, and it is always said. */
    void lost(Exception e) {
        hadTrouble = true;
        say(Failure.of(e).message());
    }

    /** True if nothing else can change the answer. */
    boolean isAnswered() {
        return request.answer() == Answer.NOTHING && isFound;
    }

    int exitCode() {
        if (isAnswered()) {
            return FOUND;
        }
        return hadTrouble ? TROUBLE : isFound ? FOUND : NOT_FOUND;
    }

    Progress progress(long totalBytes) {
        return new Progress(doneBytes.sum(), totalBytes, matchedRecords.sum());
    }

    void sayWhatIsMissing() {
        if (soughtBytes.sum() < sizeBytes.sum() && request.answer() != Answer.NOTHING) {
            say(
                    "pickaroon: read %s of %s: what lies between the places that were looked at is trusted to be in order of time, but for %s (--time-slack); --exact reads all"
                            .formatted(
                                    Quantities.bytes(soughtBytes.sum()), Quantities.bytes(sizeBytes.sum()), slack()));
        }
        if (headsOnly.sum() > 0) {
            say(
                    "pickaroon: records longer than %s: %s; only their beginnings were scanned; raise --max-record-bytes to scan more"
                            .formatted(
                                    Quantities.bytes(request.limits().maxRecordBytes()),
                                    Quantities.count(headsOnly.sum())));
        }
        if (skippedBinaries.sum() > 0 && request.answer() != Answer.NOTHING) {
            say("pickaroon: binary files skipped: %s (a NUL byte in the first 64 KiB); name a file to search it"
                    .formatted(Quantities.count(skippedBinaries.sum())));
        }
    }

    private String slack() {
        long millis = request.searched()
                .times()
                .map(times -> times.range().slackMillis())
                .orElse(0L);
        return Numbers.durationText(Duration.ofMillis(millis));
    }

    private static void say(String message) {
        System.err.println(message);
    }
}
