package io.pickaroon.processor;

import io.pickaroon.processor.audit.Announcer;
import io.pickaroon.processor.audit.TrailPlace;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.checkpoint.ScratchBlockStore;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.RedoJournal;
import io.pickaroon.processor.host.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run keeps on disk so that the next one resumes where it ended: the checkpoint, which says how far each file has
 * been processed, and the journal of fixes beside it; and which files those fixes may change.
 *
 * <p>Open, it is locked against other processes. It is read before a run and after it; during a run it belongs to the
 * {@link LogProcessor}, and only {@link #positions} and {@link #instance} may be called, from any thread.
 */
public final class RunState implements AutoCloseable {
    private final Optional<CheckpointFile> checkpoint;
    private final Optional<RedoJournal> journal;
    private final Optional<Announcer> announcer;
    private final FixPermission permission;
    private final Kind kind;

    private enum Kind {
        KEPT,
        DRY,
        REPLAY
    }

    private RunState(
            Optional<CheckpointFile> checkpoint,
            Optional<RedoJournal> journal,
            Optional<Announcer> announcer,
            FixPermission permission,
            Kind kind) {
        this.checkpoint = checkpoint;
        this.journal = journal;
        this.announcer = announcer;
        this.permission = permission;
        this.kind = kind;
    }

    /** Nothing is kept: each run reads every file from its start. Rules can have no fixes. */
    public static RunState none() {
        return new RunState(Optional.empty(), Optional.empty(), Optional.empty(), FixPermission.EVERY_FILE, Kind.KEPT);
    }

    /**
     * Locks a checkpoint, creates it if there is none, and completes the fixes that a crash interrupted.
     *
     * @param path the checkpoint; its journal lies beside it
     * @throws IOException if it is in use or cannot be trusted, or an interrupted fix cannot be completed; the message says
     *     what to do
     */
    public static RunState open(Path path) throws IOException {
        return open(path, Optional.empty());
    }

    /**
     * Like {@link #open(Path)}, for a run whose changes go into an audit trail. It is locked, too.
     *
     * @throws IOException also if the trail is not what it was, or cannot be written
     */
    public static RunState open(Path path, Optional<TrailSettings> audit) throws IOException {
        return of(Recovery.of(path, audit));
    }

    /**
     * A copy in memory, for a dry run: the run goes where the next one would, and no byte of a checkpoint, a journal or a log
     * file changes. Takes no lock: another run may be using the checkpoint. Where there is none, the copy is that of a new
     * one. Changes that a crash interrupted count as made.
     *
     * @throws IOException if the checkpoint cannot be trusted
     */
    public static RunState dry(Path path) throws IOException {
        Recovery recovery = Recovery.ofCopy(path);
        return new RunState(
                Optional.of(recovery.checkpoint()),
                Optional.of(recovery.journal()),
                Optional.empty(),
                FixPermission.EVERY_FILE,
                Kind.DRY);
    }

    /**
     * Of a replay: how far it has come is in memory alone. No byte of a log file changes, and a destination is told of no checkpoint,
     * so the run that keeps one goes on beside it.
     *
     * @param starts the files that are read, in the generations and under the names in which they were delivered, and where each is
     *     begun
     */
    public static RunState replay(Map<FileSighting, Position> starts) throws IOException {
        CheckpointFile checkpoint =
                CheckpointFile.openUnlocked(Path.of("/replay"), ScratchBlockStore.empty(), Clock.systemUTC());
        starts.forEach(checkpoint.progress()::begin);
        checkpoint.commit();
        return new RunState(
                Optional.of(checkpoint), Optional.empty(), Optional.empty(), FixPermission.EVERY_FILE, Kind.REPLAY);
    }

    /** What is recovered already. To close the state is to close that. */
    public static RunState of(Recovery recovery) {
        return new RunState(
                Optional.of(recovery.checkpoint()),
                Optional.of(recovery.journal()),
                recovery.announcer(),
                FixPermission.EVERY_FILE,
                Kind.KEPT);
    }

    /** A checkpoint and its journal, to which nothing is left to complete. To close the state is to close both. */
    public static RunState of(CheckpointFile checkpoint, RedoJournal journal) {
        return new RunState(
                Optional.of(checkpoint), Optional.of(journal), Optional.empty(), FixPermission.EVERY_FILE, Kind.KEPT);
    }

    /** The same state, with fixes in those files only that the permission allows when they are opened. */
    public RunState permitting(FixPermission asked) {
        return new RunState(checkpoint, journal, announcer, asked, kind);
    }

    /** Where the audit trail of its runs ends; empty if there is none. For one that is not running. */
    public Optional<TrailPlace> trailEnd() {
        return announcer.map(announced -> announced.head().place());
    }

    /** How far each file has been processed, durably. Empty if nothing is kept. */
    public Map<FileIdentity, Position> positions() {
        return checkpoint
                .map(kept -> kept.current().entries().entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> entry.getValue().position())))
                .orElse(Map.of());
    }

    /** The names under which files are known, durably. Empty if nothing is kept. */
    public Map<FileIdentity, Path> names() {
        return checkpoint
                .map(kept -> kept.current().entries().entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, entry -> entry.getValue().path())))
                .orElse(Map.of());
    }

    /** The identity under which a destination knows this state. Empty if nothing is kept. */
    public Optional<Instance> instance() {
        return checkpoint.map(CheckpointFile::instance);
    }

    /** Makes the next run read every file from its start. Durable on return. */
    public void readFromBeginning() throws IOException {
        if (checkpoint.isPresent()) {
            checkpoint.get().progress().resetAll();
            checkpoint.get().commit();
        }
    }

    /**
     * Notes that a run uses this state whose records have the default headers of this version; durable with the first commit of
     * the run.
     *
     * @return true if runs before it have read files and had other default headers
     */
    public boolean noteDefaultHeaders() {
        boolean isNews = checkpoint.isPresent() && !checkpoint.get().progress().knowsDefaultHeaders();
        checkpoint.ifPresent(kept -> kept.progress().keepDefaultHeaders());
        return isNews;
    }

    /** Forgets a file that is shorter now than it was: its content is another one. Durable on return. */
    public void forgetIfTruncated(FileIdentity file, long sizeBytes) throws IOException {
        if (checkpoint.isPresent()) {
            CheckpointEntry entry = checkpoint.get().current().entries().get(file);
            if (entry != null && sizeBytes < entry.content().sizeBytes()) {
                checkpoint.get().progress().forget(file);
                checkpoint.get().commit();
            }
        }
    }

    /** Removes a checkpoint that this state has created, if nothing was processed. */
    public void removeIfNew() throws IOException {
        if (checkpoint.isPresent()) {
            checkpoint.get().removeIfNew();
        }
    }

    Optional<CheckpointFile> checkpoint() {
        return checkpoint;
    }

    /** The one that a destination knows the run by. */
    Optional<CheckpointFile> toldCheckpoint() {
        return kind == Kind.REPLAY ? Optional.empty() : checkpoint;
    }

    Optional<RedoJournal> journal() {
        return journal;
    }

    Optional<Announcer> announcer() {
        return announcer;
    }

    /** True if changes go into an audit trail. */
    boolean isAudited() {
        return announcer.isPresent();
    }

    Machine machine() {
        return kind != Kind.KEPT ? Machine.withoutWrites(permission) : Machine.real(permission);
    }

    @Override
    public void close() throws IOException {
        try (CheckpointFile _ = checkpoint.orElse(null);
                RedoJournal _ = journal.orElse(null)) {
            if (announcer.isPresent()) {
                announcer.get().close();
            }
        }
    }
}
