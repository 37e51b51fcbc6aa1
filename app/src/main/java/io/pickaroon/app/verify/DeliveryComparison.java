package io.pickaroon.app.verify;

import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.app.verify.VerifiedRules.Sending;
import io.pickaroon.connectors.kafka.admin.TopicIds.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Compares what the rules still find with what is in the topics: sees both in the order of file, rule and offset. Keeps the first
 * places of what is wrong, and counts all. For one thread.
 */
final class DeliveryComparison implements SortedEntries.Taker {
    /** Places of each kind that are kept. */
    static final int MOST = 100;

    /** The kind of a match that is found; its fourth number is the end of its record. */
    static final long EXPECTED = 0;
    /** The kind of a record in a topic, together with topic and partition; its fourth number is its offset there. */
    static final long SENT = 1L << 56;
    /** The kind of a dead letter. */
    static final long DEAD = 2L << 56;

    /** The kind of a record that a replay has sent, like {@link #SENT}. */
    static final long REPLAYED = 3L << 56;

    /** Bits for the partition in a kind; beneath them stands the number of the topic. */
    static final int PARTITION_BITS = 32;

    private static final long KIND = 0xffL << 56;

    /** What the comparison needs to know of where records went. */
    interface Destination {
        /** The topics that may have records of a rule. */
        List<Topic> topics(Sending rule);

        /** The topic of this number. */
        String topic(int number);

        /** From which offset on it is known that the rules of today were in force. */
        long rulesSince(VerifiedFile file);

        /** Whether reading of the file may have begun behind its start. */
        boolean mayBeginLate(VerifiedFile file);

        /** Whether a match may rightly be there twice. */
        boolean isAtLeastOnce();
    }

    /**
     * A match that is not in its topic, or there more than once.
     *
     * @param where it is in topics; empty if nowhere
     */
    record Place(VerifiedFile file, String rule, long offset, String where) {}

    private record Awaited(long offset, long endOffset) {}

    private final List<VerifiedFile> files;
    private final List<Sending> rules;
    private final Destination destination;
    private final Findings findings;
    private final List<Place> missing = new ArrayList<>();
    private final List<Place> doubled = new ArrayList<>();
    private long missingCount;
    private long doubledCount;
    private long proven;

    private long group = -1;
    private long offset = -1;
    private boolean isExpected;
    private long endOffset;
    private int count;
    private boolean isDead;
    private boolean isReplayed;
    private final StringBuilder where = new StringBuilder();
    /** Whether any record of the file and rule was there. */
    private boolean hasSurvivor;
    /** Those that were sent in parts, perhaps: then an id that nobody expects stands within the record. */
    private final Deque<Awaited> awaited = new ArrayDeque<>();

    DeliveryComparison(List<VerifiedFile> files, List<Sending> rules, Destination destination, Findings findings) {
        this.files = files;
        this.rules = rules;
        this.destination = destination;
        this.findings = findings;
    }

    /** The first number of an entry. */
    static long group(VerifiedFile file, Sending rule) {
        return (long) file.index() << Integer.SIZE | rule.index();
    }

    @Override
    public void take(long itsGroup, long itsOffset, long kind, long place) {
        if (itsGroup != group || itsOffset != offset) {
            close();
            if (itsGroup != group) {
                giveUp(Long.MAX_VALUE);
                hasSurvivor = false;
            }
            group = itsGroup;
            offset = itsOffset;
        }
        if ((kind & KIND) == EXPECTED) {
            isExpected = true;
            endOffset = place;
        } else if ((kind & KIND) == DEAD) {
            isDead = true;
        } else if ((kind & KIND) == REPLAYED) {
            isReplayed = true;
        } else {
            count++;
            addWhere(kind, place);
        }
    }

    private void addWhere(long kind, long place) {
        if (count <= MOST) {
            int topic = (int) ((kind & ~KIND) >>> PARTITION_BITS);
            where.append(where.isEmpty() ? "" : ", ")
                    .append("%s-%d at offset %d".formatted(destination.topic(topic), (int) kind, place));
        }
    }

    /** All has come. */
    void end() {
        close();
        giveUp(Long.MAX_VALUE);
    }

    private void close() {
        if (group >= 0 && file().fits()) {
            giveUp(offset);
            if (count > 1) {
                twice();
            } else if (isExpected && count == 1) {
                proven++;
            } else if (isExpected) {
                nowhere();
            } else if (count == 1) {
                unexpected();
            }
            hasSurvivor |= count > 0;
        }
        isExpected = false;
        isDead = false;
        isReplayed = false;
        count = 0;
        where.setLength(0);
    }

    private VerifiedFile file() {
        return files.get((int) (group >>> Integer.SIZE));
    }

    private Sending rule() {
        return rules.get((int) group);
    }

    private void twice() {
        if (destination.isAtLeastOnce()) {
            findings.unproven(Unproven.AT_LEAST_ONCE, 1);
        } else if (file().place().filter(DeliveredPlaces.Place::wasReset).isPresent()) {
            findings.unproven(Unproven.RESET, 1);
        } else {
            doubledCount++;
            keep(doubled, offset, where.toString());
        }
    }

    private void nowhere() {
        List<Topic> topics = destination.topics(rule());
        boolean startsLate = topics.stream()
                .flatMap(topic -> topic.partitions().stream())
                .anyMatch(partition -> partition.startOffset() > 0);
        boolean isOpen =
                topics.stream().flatMap(topic -> topic.partitions().stream()).anyMatch(partition -> partition.isOpen());
        boolean isBeforeAll = !rule().keepsOrder() || !hasSurvivor;
        if (isDead) {
            findings.unproven(Unproven.DEAD_LETTERED, 1);
        } else if (isReplayed) {
            findings.unproven(Unproven.REPLAYED, 1);
        } else if (offset < destination.rulesSince(file())) {
            findings.unproven(Unproven.OTHER_RULES, 1);
        } else if (topics.stream().anyMatch(Topic::isCompacted)) {
            findings.unproven(Unproven.COMPACTED, 1);
        } else if (startsLate && isBeforeAll) {
            findings.unproven(Unproven.BEFORE_FIRST, 1);
        } else if (destination.mayBeginLate(file()) && !hasSurvivor) {
            findings.unproven(Unproven.BEFORE_START, 1);
        } else if (isOpen) {
            findings.unproven(Unproven.OPEN_TRANSACTION, 1);
        } else {
            awaited.add(new Awaited(offset, endOffset));
        }
    }

    private void unexpected() {
        if (awaited.isEmpty()) {
            findings.unproven(Unproven.NOT_FOUND_AGAIN, 1);
        } else {
            findings.unproven(Unproven.IN_PARTS, awaited.size());
            awaited.clear();
        }
    }

    /** No id can come any more that stands within these records. */
    private void giveUp(long nextOffset) {
        while (!awaited.isEmpty() && awaited.peek().endOffset() <= nextOffset) {
            missingCount++;
            keep(missing, awaited.remove().offset(), "");
        }
    }

    private void keep(List<Place> places, long recordOffset, String itsWhere) {
        if (places.size() < MOST) {
            places.add(new Place(file(), rule().form().ruleId(), recordOffset, itsWhere));
        }
    }

    /** Matches that are in their topics exactly once. */
    long proven() {
        return proven;
    }

    long missingCount() {
        return missingCount;
    }

    long doubledCount() {
        return doubledCount;
    }

    /** {@value #MOST} at most, in the order of files, rules and offsets. */
    List<Place> missing() {
        return List.copyOf(missing);
    }

    /** {@value #MOST} at most, in the order of files, rules and offsets. */
    List<Place> doubled() {
        return List.copyOf(doubled);
    }
}
