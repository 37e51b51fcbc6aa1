package io.pickaroon.app.verify;

import io.pickaroon.app.verify.VerifiedRules.Sending;
import io.pickaroon.connectors.kafka.admin.TopicIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Notes each id that is in a topic, or among the dead letters. One thread adds, any thread may ask how many there are. */
final class SentIds implements TopicIds.Reader {
    private final VerifiedFiles files;
    private final VerifiedRules rules;
    private final SortedEntries entries;
    private final Optional<String> deadLetterTopic;
    private final BooleanSupplier goesOn;
    private final List<String> topics = new ArrayList<>();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong readBytes = new AtomicLong();
    private long ofOthers;
    private long since;
    private long replayed;

    /**
     * @param deadLetterTopic the topic whose records are dead letters
     * @param goesOn asked again and again whether more is wanted
     */
    SentIds(
            VerifiedFiles files,
            VerifiedRules rules,
            SortedEntries entries,
            Optional<String> deadLetterTopic,
            BooleanSupplier goesOn) {
        this.files = files;
        this.rules = rules;
        this.entries = entries;
        this.deadLetterTopic = deadLetterTopic;
        this.goesOn = goesOn;
    }

    @Override
    public boolean goesOn() {
        return goesOn.getAsBoolean();
    }

    @Override
    public void take(String topic, int partition, TopicIds.Sent record) {
        read.incrementAndGet();
        readBytes.addAndGet(record.lengthBytes());
        boolean isDead = deadLetterTopic.filter(topic::equals).isPresent();
        long place = (long) topicNumber(topic) << DeliveryComparison.PARTITION_BITS | partition;
        long kind = isDead
                ? DeliveryComparison.DEAD
                : record.isReplayed() ? DeliveryComparison.REPLAYED : DeliveryComparison.SENT;
        add(record.id(), kind, place, record.offset());
    }

    /** An id in the file of dead letters. */
    void dead(byte[] id) {
        add(Optional.of(id), DeliveryComparison.DEAD, 0, 0);
    }

    private void add(Optional<byte[]> ascii, long kind, long place, long offset) {
        Optional<MatchId> id = ascii.flatMap(MatchId::of);
        Optional<VerifiedFile> file = id.flatMap(known -> files.of(known.file()));
        Optional<Sending> rule = id.flatMap(known -> rules.of(known.rule()));
        if (file.isEmpty() || rule.isEmpty()) {
            ofOthers++;
        } else if (kind != DeliveryComparison.REPLAYED
                && id.get().offset() >= file.get().deliveredOffset()) {
            since++;
        } else {
            replayed += kind == DeliveryComparison.REPLAYED ? 1 : 0;
            try {
                entries.add(
                        DeliveryComparison.group(file.get(), rule.get()),
                        id.get().offset(),
                        kind | place,
                        offset);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private int topicNumber(String topic) {
        int known = topics.indexOf(topic);
        if (known >= 0) {
            return known;
        }
        topics.add(topic);
        return topics.size() - 1;
    }

    /** Names by the numbers in the entries. */
    List<String> topics() {
        return List.copyOf(topics);
    }

    /** Records that were read so far. */
    long read() {
        return read.get();
    }

    /** Bytes of their values. */
    long readBytes() {
        return readBytes.get();
    }

    /** Records of other files, hosts or rules, of earlier content of the files, or without an id. */
    long ofOthers() {
        return ofOthers;
    }

    /** Records that a replay has sent. */
    long replayed() {
        return replayed;
    }

    /** Records that were delivered since the checkpoint was written. */
    long since() {
        return since;
    }
}
