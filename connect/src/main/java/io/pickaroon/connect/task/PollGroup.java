package io.pickaroon.connect.task;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.TransactionContext;

/**
 * What one poll returns: records in one transaction, which is committed behind the last of them; then markers in another, which is
 * aborted, so that offsets move where nothing matched and nobody sees a record. For one thread.
 */
final class PollGroup {
    /** More records, or more bytes of files, are not waited for. */
    private static final int MOST_RECORDS = 20_000;

    private static final long MOST_VALUE_BYTES = 8L << 20;

    private final List<SourceRecord> records = new ArrayList<>();
    private final List<SourceRecord> markers = new ArrayList<>();
    private long valueBytes;

    void add(List<SourceRecord> more, long bytes) {
        records.addAll(more);
        valueBytes += bytes;
    }

    void mark(SourceRecord marker) {
        markers.add(marker);
    }

    boolean isFull() {
        return records.size() >= MOST_RECORDS || valueBytes >= MOST_VALUE_BYTES;
    }

    boolean isEmpty() {
        return records.isEmpty() && markers.isEmpty();
    }

    /** The records, after it is said where their transactions end. */
    List<SourceRecord> inTransactions(TransactionContext transactions) {
        if (!records.isEmpty()) {
            transactions.commitTransaction(records.getLast());
        }
        if (!markers.isEmpty()) {
            transactions.abortTransaction(markers.getLast());
        }
        List<SourceRecord> all = new ArrayList<>(records);
        all.addAll(markers);
        return all;
    }
}
