package io.pickaroon.processor.metrics;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the records of a run that do not parse, and logs the first one of each input with its place. Thread-safe. */
final class UnparsedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(UnparsedRecords.class);

    private final AtomicLong count = new AtomicLong();
    /** Ids of inputs. */
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    void add(ScannedWindow window) {
        MatchBatch matches = window.matches();
        if (matches.unparsedRecords() == 0) {
            return;
        }
        count.addAndGet(matches.unparsedRecords());
        if (said.add(window.input())) {
            LOG.warn(
                    "input {}: the record in {} at offset {} does not parse as its 'parse' says, so it has none of its"
                            + " fields. Later ones are counted and not logged",
                    window.input(),
                    NativePath.printable(window.file().path()),
                    matches.firstUnparsedOffset());
        }
    }

    long count() {
        return count.get();
    }
}
