package io.pickaroon.processor;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A record that a rule matched. One that several rules match comes once for each. It holds a copy of its bytes, and nothing of
 * the file. Immutable but for what the caller writes to {@link #bytes}; safe to share between threads.
 */
public final class MatchedRecord {
    private final FileIdentity identity;
    private final Path file;
    private final long offset;
    private final String rule;
    private final byte[] bytes;
    private final boolean headOnly;
    private final Runnable acknowledgement;

    /** A match of a window that nothing waits for. */
    MatchedRecord(ScannedWindow window, int match) {
        this(window, match, () -> {});
    }

    /** @param acknowledgement is run at each call of {@link #acknowledge} */
    MatchedRecord(ScannedWindow window, int match, Runnable acknowledgement) {
        this.identity = window.file().identity();
        this.file = window.file().path();
        this.offset = window.matches().recordOffset(match);
        this.rule = window.matches().rule(match).id();
        this.bytes = window.matches().copyOfRecord(match);
        this.headOnly = window.matches().isHeadOnly(match);
        this.acknowledgement = acknowledgement;
    }

    /** Absolute path of the file; of a followed file the one under which it was found first, also after a rotation. */
    public Path file() {
        return file;
    }

    /** The file, whatever its name is. A followed file that is truncated is another one from then on. */
    public FileIdentity identity() {
        return identity;
    }

    /** Offset of the record's first byte in the file. */
    public long offset() {
        return offset;
    }

    /** Id of the rule. */
    public String rule() {
        return rule;
    }

    /** The record without its delimiter. */
    public byte[] bytes() {
        return bytes;
    }

    /** True if the record is longer than records may be and this is its head. */
    public boolean headOnly() {
        return headOnly;
    }

    /** The record as UTF-8 text; bytes that are none become U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The same whenever the same match is read, by any run: made of the file's identity, the offset and the rule, as {@link
     * MatchIds} describes. A consumer that keeps it recognizes a record that comes again.
     */
    public String id() {
        return new MatchIds(identity).idText(offset, MatchIds.rulePart(rule));
    }

    /**
     * Says that the record is dealt with and need not come again. It matters for records of a {@link LogFollow} with a
     * checkpoint, in any order and from any thread; else, or after the subscription has ended, or when called again, it does
     * nothing.
     */
    public void acknowledge() {
        acknowledgement.run();
    }

    @Override
    public String toString() {
        return "%s at %d of %s".formatted(rule, offset, NativePath.printable(file));
    }
}
