package io.pickaroon.processor.fix;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.fix.RedoEntry.RedoEdit;
import io.pickaroon.processor.fix.RedoEntry.RedoRecord;
import io.pickaroon.processor.fix.RedoEntry.Stretch;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What a journal says, read off its bytes by an onlooker. */
public final class JournalView {
    private final Optional<JournalCodec.Group> group;

    /** @param bytes the whole file; null if there is none */
    public JournalView(byte[] bytes) {
        try {
            this.group =
                    bytes == null ? Optional.empty() : JournalCodec.decode(Path.of("journal"), ByteBuffer.wrap(bytes));
        } catch (JournalCorruptException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a start with this checkpoint would bring these very bytes to this place of the file. */
    public boolean brings(FileIdentity file, long offset, byte[] bytes, int from, int length, long checkpointSequence) {
        if (group.isEmpty() || group.get().checkpointSequence() < checkpointSequence) {
            return false;
        }
        for (RedoEntry entry : group.get().entries()) {
            if (entry.identity().equals(file) && brings(entry, offset, bytes, from, length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a start would look for its lines in an audit trail. */
    public boolean isAudited() {
        return group.flatMap(JournalCodec.Group::audited).isPresent();
    }

    private static boolean brings(RedoEntry entry, long offset, byte[] bytes, int from, int length) {
        for (RedoRecord redo : entry.records()) {
            int before = 0;
            for (Stretch stretch : redo.stretches()) {
                long within = offset - stretch.offset();
                if (within >= 0 && within + length <= stretch.length()) {
                    for (RedoEdit edit : redo.edits()) {
                        int index = before + (int) within - edit.start();
                        if (index >= 0 && index + length <= edit.after().length) {
                            return Arrays.equals(edit.after(), index, index + length, bytes, from, from + length);
                        }
                    }
                }
                before += stretch.length();
            }
        }
        return false;
    }
}
