package io.pickaroon.processor.following;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.following.Action.Mode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What was written to a file between two truncations, and what became of it. */
final class Generation {
    private static final int NEVER = -1;
    static final int SECRET_DIGITS = 4;

    /** What a secret must look like in the file. */
    private enum Look {
        UNKNOWN,
        PLAIN,
        MASKED,
        WAITING,
        EITHER
    }

    private static final class Secret {
        final int offset;
        /** The daemon that may read it first. */
        final int daemon;

        Look look = Look.UNKNOWN;

        Secret(int offset, int daemon) {
            this.offset = offset;
            this.daemon = daemon;
        }
    }

    private final StringBuilder content = new StringBuilder();
    private final BitSet delivered = new BitSet();
    /** Where a record may end without a delimiter, because its file was rotated then. */
    private final BitSet cuts = new BitSet();

    private final List<Secret> secrets = new ArrayList<>();
    private int deliveredEnd;
    /** End of the last window that was delivered. */
    private int windowEnd;
    /** End of the last window that was delivered before the end in a session of this daemon, which so saw as much. */
    private int readBytes;

    private int readUnder = NEVER;

    /** Daemon that runs, or will run next, when it is truncated or deleted. */
    private int endedUnder = NEVER;

    private boolean isAccounted;
    private int settledUnder = NEVER;
    private int settledBytes;
    private int pausedUnder = NEVER;
    private int noticedUnder = NEVER;
    private int noticedBytes;
    /** The file was seen shorter than this was. */
    private boolean isEndNoticed;

    private boolean isOvergrown;
    /** Up to here it must be delivered although it is over. */
    private int owedBytes;

    int size() {
        return content.length();
    }

    String text() {
        return content.toString();
    }

    int deliveredEnd() {
        return deliveredEnd;
    }

    /** @param daemon the one that read it */
    void windowArrived(int endOffset, int daemon) {
        windowEnd = Math.max(windowEnd, endOffset);
        if (!isOver()) {
            readBytes = windowEnd;
            readUnder = daemon;
        }
    }

    void append(String text) {
        content.append(text);
    }

    void secretAt(int offset, int daemon) {
        secrets.add(new Secret(offset, daemon));
    }

    void mayBeCutHere() {
        cuts.set(size());
    }

    int completeBytes() {
        return content.lastIndexOf("\n") + 1;
    }

    boolean isDelivered(int endOffset) {
        return delivered.nextClearBit(0) >= Math.min(endOffset, size());
    }

    /** A record becomes visible. */
    void arrives(String record, int start, boolean isRotated, Mode mode) {
        int end = start + record.length();
        unless(end <= size(), "it is longer than what was written", record);
        boolean startsWell = start == 0 || content.charAt(start - 1) == '\n' || cuts.get(start);
        boolean endsWell = end < size() && content.charAt(end) == '\n' || cuts.get(end) || end == size() && isRotated;
        unless(startsWell && endsWell, "it is not a whole record", record, start, content);
        unless(delivered.nextSetBit(start) < 0 || delivered.nextSetBit(start) >= end, "delivered twice", record);
        unless(start >= deliveredEnd, "it comes after what stands behind it", record, deliveredEnd);
        requireSameText(record, start, mode);
        deliveredEnd = end < size() && content.charAt(end) == '\n' ? end + 1 : end;
        delivered.set(start, deliveredEnd);
    }

    private void requireSameText(String record, int start, Mode mode) {
        StringBuilder plain = new StringBuilder(record);
        for (Secret secret : secrets) {
            int from = secret.offset - start;
            if (from < 0 || from + SECRET_DIGITS > record.length()) {
                continue;
            }
            boolean isMasked = record.startsWith("*".repeat(SECRET_DIGITS), from);
            unless(isMasked == (mode != Mode.LEAVE), "masked, or not", record, mode);
            plain.replace(from, from + SECRET_DIGITS, content.substring(secret.offset, secret.offset + SECRET_DIGITS));
        }
        unless(content.substring(start, start + record.length()).contentEquals(plain), "other bytes", record);
    }

    /**
     * It is truncated or deleted.
     *
     * @param daemon the one that runs, or the next one
     * @param owed how much of it must be delivered all the same
     */
    void ended(int daemon, int owed) {
        endedUnder = daemon;
        owedBytes = owed;
    }

    /** The daemon that owed something is gone. */
    void forgive() {
        owedBytes = 0;
    }

    /** More is owed: it was written after the file was deleted, while the daemon holds it open. */
    void owe(int bytes) {
        owedBytes = bytes;
    }

    boolean isOver() {
        return endedUnder != NEVER;
    }

    void requireOwed(Object file) {
        unless(isDelivered(owedBytes), "missing of what was deleted while it was open", file, missing(owedBytes));
    }

    void requireDelivered(int endOffset, Object file) {
        unless(isDelivered(endOffset), "missing", file, missing(endOffset));
    }

    private String missing(int endOffset) {
        int from = Math.min(delivered.nextClearBit(0), size());
        return from + ": " + content.substring(from, Math.max(from, Math.min(endOffset, size())));
    }

    /**
     * Most bytes of it that a daemon may report as lost.
     *
     * @param hasAsked whether it had a session: nothing else says what an earlier one delivered, and was not told, before
     *     it died
     */
    long mostLost(int daemon, boolean hasAsked) {
        return isOver() && !isAccounted && endedUnder <= daemon ? size() - (hasAsked ? windowEnd : 0) : 0;
    }

    /**
     * Least bytes of it that a daemon must report as lost: it saw them, and it can know that they are gone.
     *
     * @param takenForRead how much of it the daemon takes for read, see {@link #takenForRead}
     */
    long leastLost(int daemon, int takenForRead) {
        boolean isKnown = isOver() && !isAccounted && endedUnder == daemon && settledUnder == daemon;
        long settled = isKnown && windowEnd > 0 ? Math.max(0, settledBytes - windowEnd) : 0;
        boolean isNoticed = isEndNoticed && !isAccounted && endedUnder == daemon && noticedUnder == daemon;
        return isNoticed ? Math.max(settled, noticedBytes - (isRead() ? windowEnd : takenForRead)) : settled;
    }

    /**
     * How much of the next generation a daemon takes for read that has seen nothing but sizes of the file, and none of it
     * smaller than what it knew of this one: then it may as well be more of this one.
     *
     * @param before how much of this one it does
     */
    int takenForRead(int before) {
        return isOver() && !isEndNoticed && !isAccounted ? isRead() ? windowEnd : before : 0;
    }

    boolean isRead() {
        return windowEnd > 0;
    }

    void pauses(int daemon) {
        pausedUnder = daemon;
    }

    /** Its size was seen, without anything else having to happen. */
    void noticed() {
        noticedUnder = pausedUnder;
        noticedBytes = size();
    }

    /** A later generation was seen, and it had this size. */
    void endNoticed(long sizeBytes) {
        mayBeOvergrown(sizeBytes);
        isEndNoticed |= isOver() && !isOvergrown && seenBytes() > 0;
    }

    /** A later generation had this size: one that is not smaller may have been taken for more of this one. */
    void mayBeOvergrown(long sizeBytes) {
        isOvergrown |= isOver() && !isEndNoticed && sizeBytes >= seenBytes();
    }

    private int seenBytes() {
        return Math.max(noticedUnder == pausedUnder ? noticedBytes : 0, readUnder == pausedUnder ? readBytes : 0);
    }

    void settled(int daemon) {
        isAccounted |= isOver();
        settledUnder = daemon;
        settledBytes = size();
    }

    /** Fails if the file does not hold this, with the secrets masked that must be masked. */
    void requireContent(String found, boolean isRotated, boolean isSure, List<Mode> modes, Object file) {
        StringBuilder plain = new StringBuilder(found);
        unless(found.length() == size(), "it has another length", file, found.length(), size());
        for (Secret secret : secrets) {
            String text = found.substring(secret.offset, secret.offset + SECRET_DIGITS);
            boolean isMasked = text.equals("*".repeat(SECRET_DIGITS));
            Look look = lookNow(secret, isRotated, isSure, modes);
            unless(look != Look.MASKED || isMasked, "it is not fixed", file, secret.offset, found);
            unless(look != Look.PLAIN && look != Look.WAITING || !isMasked, "it is fixed", file, secret.offset, found);
            if (isMasked) {
                plain.replace(
                        secret.offset,
                        secret.offset + SECRET_DIGITS,
                        content.substring(secret.offset, secret.offset + SECRET_DIGITS));
            }
        }
        unless(content.compareTo(plain) == 0, "a byte is changed that is no match's", file, found, content);
    }

    void secretsSettled(boolean isRotated, boolean isSure, List<Mode> modes) {
        secrets.forEach(secret -> secret.look = lookNow(secret, isRotated, isSure, modes));
    }

    private Look lookNow(Secret secret, boolean isRotated, boolean isSure, List<Mode> modes) {
        Look look = secret.look;
        if (look == Look.UNKNOWN) {
            if (!delivered.get(secret.offset)) {
                return Look.UNKNOWN;
            }
            List<Mode> since = modes.subList(secret.daemon, modes.size()).stream()
                    .distinct()
                    .toList();
            if (since.size() > 1) {
                return Look.EITHER;
            }
            look = switch (since.getFirst()) {
                case LEAVE -> Look.PLAIN;
                case MASK -> Look.MASKED;
                case MASK_WHEN_ROTATED -> Look.WAITING;
            };
        }
        if (look != Look.WAITING) {
            return look;
        }
        if (modes.getLast() != Mode.MASK_WHEN_ROTATED || !isSure) {
            return Look.EITHER;
        }
        return isRotated ? Look.MASKED : Look.WAITING;
    }
}
