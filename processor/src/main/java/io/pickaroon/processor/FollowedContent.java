package io.pickaroon.processor;

import io.pickaroon.processor.file.DecodedFile;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FollowedFile;
import io.pickaroon.processor.file.FollowedText;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a followed file holds, and how it is opened for that: text in UTF-16 is decoded, an archive is not followed, anything
 * else is as it is. What is known of it outlives the open file. Used in turns of the file, one at a time.
 */
final class FollowedContent {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedContent.class);

    private final LogInput input;
    private final Machine machine;
    private FollowedText text = FollowedText.unknown();
    /** It is known to be no archive. */
    private boolean isFollowable;

    private boolean saidNoFixes;

    FollowedContent(LogInput input, Machine machine) {
        this.input = input;
        this.machine = machine;
    }

    /** Opens the file, for the first time or again. */
    LogFile open(Path path, boolean forFixes) throws IOException {
        LogFile file = withTrueSize(machine.open(path, forFixes));
        return input.decodesUtf16() ? new FollowedFile(file, text) : file;
    }

    /** The file, if it has the size that it reports; else it is closed, and that is an error. */
    static LogFile withTrueSize(LogFile file) throws IOException {
        try {
            file.requireTrueSize();
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Reading begins, in the generation in which the file is known from now on. */
    void begins(LogFile file) {
        isFollowable = false;
        if (file instanceof FollowedFile followed) {
            text = followed.text();
        }
    }

    /** No archive is followed: where one ends, nobody knows. Asked when the first bytes are there. */
    void requireFollowable(LogFile file) throws IOException {
        if (isFollowable) {
            return;
        }
        Optional<DecodedFile> archive = DecodedFile.of(file, input.decoded());
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
    boolean hasSizeOfFile(Path path) {
        if (!input.decodesUtf16()) {
            return true;
        }
        try (LogFile file = machine.open(path, false)) {
            return file.hasTrueSize() && DecodedFile.of(file, input.decoded()).isEmpty();
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
        try (LogFile file = new FollowedFile(machine.open(path, false), FollowedText.unknown())) {
            return file.identity().isSameInode(inode) ? file.sizeBytes() : storedBytes;
        } catch (IOException cannotTell) {
            return storedBytes;
        }
    }
}
