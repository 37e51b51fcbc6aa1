package io.pickaroon.app.fix;

import io.pickaroon.app.inspect.CheckpointAtRest;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.InUseException;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the fix of one file keeps on disk until it is finished: a checkpoint and its journal, so that an interrupted fix
 * can be run again and goes on where it was.
 *
 * <pre>{@code
 * <root>/<device>-<inode>-<birth time>/<hash of the rules>           the checkpoint
 *                                      <hash of the rules>.journal   what is about to change
 * }</pre>
 *
 * <p>One fix of a file at a time: a second one is refused. If an interrupted fix with other rules is found, what its
 * journal says is finished first; its place is kept for when it is run again. Rules are known by a hash alone: they may
 * name a secret.
 */
public final class FixState implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FixState.class);
    private static final int HASH_DIGITS = 16;

    private final Path directory;
    private final Path checkpoint;
    private final RunState kept;
    private final Path file;
    private final FileIdentity identity;
    private final long unfinishedRecords;

    private FixState(Path file, FileIdentity identity, Path checkpoint, RunState kept, long unfinishedRecords) {
        this.file = file;
        this.identity = identity;
        this.directory = checkpoint.getParent();
        this.checkpoint = checkpoint;
        this.kept = kept;
        this.unfinishedRecords = unfinishedRecords;
    }

    /**
     * The directory below which states are kept if the user names none: as the XDG Base Directory Specification has it.
     */
    public static Path defaultRoot(UnaryOperator<String> environment, Path home) {
        String stateHome = environment.apply("XDG_STATE_HOME");
        boolean usable = stateHome != null && stateHome.startsWith("/");
        Path base = usable ? Path.of(stateHome) : home.resolve(".local").resolve("state");
        return base.resolve("pickaroon").resolve("fix");
    }

    /**
     * Locks the state of a file, makes it if there is none, and finishes what an interrupted fix has left half way.
     *
     * @param path the file to be fixed
     * @param maxRecordBytes how much of a long record the rules see: with another limit it is another fix
     */
    public static FixState open(Path root, Path path, List<Rule> rules, int maxRecordBytes) throws IOException {
        return open(root, path, kind(rules, maxRecordBytes), Optional.empty());
    }

    /** What a fix with these rules is called, see {@link #open(Path, Path, String, Optional)}. */
    static String kind(List<Rule> rules, int maxRecordBytes) {
        return maxRecordBytes + " " + rules;
    }

    /**
     * Like the other method, with a text that says what kind of fix it is: it has another state than any other kind.
     *
     * @param audit the trail into which its changes go; empty if into none
     */
    static FixState open(Path root, Path path, String kind, Optional<TrailSettings> audit) throws IOException {
        FileStatus status = FileStatus.of(path);
        FileIdentity identity = FileIdentity.of(status);
        Path checkpoint = checkpoint(root, identity, kind);
        try {
            long unfinished = finishOthers(checkpoint.getParent(), checkpoint, audit)
                    + CheckpointAtRest.recordsToFinish(checkpoint);
            RunState kept = RunState.open(checkpoint, audit);
            kept.forgetIfTruncated(identity, status.sizeBytes());
            return new FixState(path, identity, checkpoint, kept, unfinished);
        } catch (InUseException e) {
            throw new IOException(
                    "%s: another fix of this file is running; let it finish first (%s)"
                            .formatted(NativePath.printable(path), e.getMessage()),
                    e);
        }
    }

    /** Where the checkpoint is that a fix of this kind keeps for a file, if it keeps one. */
    static Path checkpoint(Path root, FileIdentity identity, String kind) {
        return root.toAbsolutePath()
                .resolve("%x-%x-%x".formatted(identity.device(), identity.inode(), identity.birthTimeNanos()))
                .resolve(hash(kind));
    }

    /** What the engine needs. */
    public RunState kept() {
        return kept;
    }

    public Path directory() {
        return directory;
    }

    /** Records in the journal that an interrupted fix may have left half way, and that are complete now. */
    public long finishedRecords() {
        return unfinishedRecords;
    }

    /** Where the fix goes on, if it was interrupted and is not at its beginning. */
    public Optional<Position> resumesAt() {
        return Optional.ofNullable(kept.positions().get(identity)).filter(position -> position.offset() > 0);
    }

    /** The fix is finished: nothing of the state stays. Also closes it. */
    public void discard() throws IOException {
        try (kept) {
            delete(checkpoint);
        }
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException e) {
            LOG.warn("{}: a fix of this file with other rules was interrupted and is not finished", file);
        }
    }

    /** Keeps the state on disk for the next run. */
    @Override
    public void close() throws IOException {
        kept.close();
    }

    private static long finishOthers(Path directory, Path own, Optional<TrailSettings> audit) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        List<Path> others;
        try (Stream<Path> files = Files.list(directory)) {
            others = files.filter(file -> file.getFileName().toString().length() == HASH_DIGITS && !file.equals(own))
                    .toList();
        }
        long unfinished = 0;
        for (Path other : others) {
            unfinished += CheckpointAtRest.recordsToFinish(other);
            RunState.open(other, audit).close();
        }
        return unfinished;
    }

    /** The journal first: a checkpoint without it is whole, a journal without its checkpoint would be done again. */
    private static void delete(Path checkpoint) throws IOException {
        for (String suffix : List.of(".journal", "", ".lock")) {
            Files.deleteIfExists(checkpoint.resolveSibling(checkpoint.getFileName() + suffix));
        }
    }

    /** The beginning of the SHA-256 of a text. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
