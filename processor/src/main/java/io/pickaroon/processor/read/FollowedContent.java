package io.pickaroon.processor.read;

import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.decode.FollowedText;
import io.pickaroon.processor.decode.Utf16View;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.LogInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a followed file holds, and how it is opened for that: text in UTF-16 is decoded, an archive is not followed, anything
 * else is as it is. What is known of it outlives the open file. Used in turns of the file, one at a time.
 */
public final class FollowedContent {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedContent.class);

    private final LogInput input;
    private final Machine machine;
    private FollowedText text = FollowedText.unknown();
    /** It is known to be no archive. */
    private boolean isFollowable;

    private boolean saidNoFixes;

    public FollowedContent(LogInput input, Machine machine) {
        this.input = input;
        this.machine = machine;
    }

    /** Opens the file, for the first time or again. */
    public LogFile open(Path path, boolean forFixes) throws IOException {
        LogFile file = machine.open(path, forFixes).requireTrueSize();
        return input.decodesUtf16() ? new Utf16View(file, text) : file;
    }

    /** Reading begins, in the generation in which the file is known from now on. */
    public void begins(LogFile file) {
        isFollowable = false;
        if (file instanceof Utf16View followed) {
            text = followed.text();
        }
    }

    /** No archive is followed: its end is not known. To be called when the first bytes are there. */
    public void requireFollowable(LogFile file) throws IOException {
        if (isFollowable) {
            return;
        }
        Optional<DecodedFile> archive = DecodedFile.of(file, input.reading().decoded());
        if (archive.isPresent()) {
            throw new IOException("%s is %s content, which a run that follows files does not read; 'run --once' does"
                    .formatted(file, archive.get().format().name()));
        }
        isFollowable = true;
        if (file.isDecoded() && input.hasFixes() && !saidNoFixes) {
            saidNoFixes = true;
            LOG.warn("{} is UTF-16 content: no fix changes it", file);
        }
    }

    /** Whether sizes that are seen from outside are those of its content; not if it cannot be looked at. */
    public boolean hasSizeOfFile(Path path) {
        if (!input.decodesUtf16()) {
            return true;
        }
        try (LogFile file = machine.open(path, false)) {
            return file.hasTrueSize()
                    && DecodedFile.of(file, input.reading().decoded()).isEmpty();
        } catch (IOException cannotTell) {
            return false;
        }
    }

    /**
     * The size of its content now.
     *
     * @param storedBytes what it is if nothing is decoded, or the file cannot be looked at
     */
    long sizeBytes(Path path, FileIdentity inode, long storedBytes) {
        if (!input.decodesUtf16()) {
            return storedBytes;
        }
        try (LogFile file = new Utf16View(machine.open(path, false), FollowedText.unknown())) {
            return file.identity().isSameInode(inode) ? file.sizeBytes() : storedBytes;
        } catch (IOException cannotTell) {
            return storedBytes;
        }
    }
}
