package io.pickaroon.processor.commit;

import io.pickaroon.processor.audit.Announcer;
import io.pickaroon.processor.audit.TrailHead;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.audit.Trails;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.checkpoint.ScratchBlockStore;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.fix.Redo;
import io.pickaroon.processor.fix.RedoJournal;
import io.pickaroon.processor.fix.RedoneFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens before the first window of a run: lock, read, redo.
 *
 * <ol>
 *   <li>The checkpoint is locked and read; one that exists and cannot be trusted is an error.
 *   <li>The journal's group, if no checkpoint has passed it, is brought to its end: its windows were delivered, and a
 *       crash may have left some of their matches half changed, so that no rule would find them again.
 *   <li>Its lines in the audit trail that the journal names are written first, if it names one, whatever the run has for its own.
 *   <li>The checkpoint passes that group, so that nothing that was fixed is read again: rules may well match what fixes
 *       have made, and would emit it, and fix it once more. A checkpoint that is new stays where it is: it was made to
 *       begin anew.
 *   <li>Files that were given another identity by what is around them keep their entries: {@link ChangedIdentities}.
 * </ol>
 *
 * <p>The rest happens in each session of the sink: the position that the destination knows is reconciled with the
 * checkpoint's, and reading resumes there.
 */
public final class Recovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final Opener FOR_FIXES = path -> LogFile.openForFixes(path, FixPermission.EVERY_FILE);
    private static final Opener UNWRITTEN = path -> LogFile.openForFixesUnwritten(path, FixPermission.EVERY_FILE);

    /** How a file is opened whose fixes are to be finished. */
    private interface Opener {
        LogFile open(Path path) throws IOException;
    }

    private final CheckpointFile checkpoint;
    private final RedoJournal journal;
    private final Optional<Announcer> announcer;

    private Recovery(CheckpointFile checkpoint, RedoJournal journal, Optional<Announcer> announcer) {
        this.checkpoint = checkpoint;
        this.journal = journal;
        this.announcer = announcer;
    }

    /** Recovers for a run whose changes go into no audit trail; see the other method. */
    public static Recovery of(Path path) throws IOException {
        return of(path, Optional.empty());
    }

    /**
     * Recovers what a checkpoint speaks of, and holds it open.
     *
     * @param path the checkpoint; its journal lies beside it
     * @param audit the audit trail of the run, which is held open too
     * @throws IOException if the checkpoint is in use or cannot be trusted, an interrupted fix cannot be finished, or an audit
     *     trail is not what it was; the message names the remedy
     */
    public static Recovery of(Path path, Optional<TrailSettings> audit) throws IOException {
        CheckpointFile checkpoint = CheckpointFile.open(path);
        try {
            return of(
                    checkpoint,
                    RedoJournal.beside(path),
                    (file, identity) -> find(file, identity, FOR_FIXES),
                    Trails.onDisk(audit));
        } catch (IOException | RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    /**
     * The same with a copy of the checkpoint and its journal in memory: takes no lock, and changes nothing on disk. What an
     * interrupted fix has left to be done counts as done.
     *
     * @throws IOException if the checkpoint cannot be trusted
     */
    public static Recovery ofCopy(Path path) throws IOException {
        ScratchBlockStore memory = new ScratchBlockStore();
        CheckpointFile checkpoint = CheckpointFile.openCopy(path, memory);
        RedoJournal journal = RedoJournal.beside(checkpoint.path(), memory);
        return of(checkpoint, journal, (file, identity) -> find(file, identity, UNWRITTEN), Trails.UNTOUCHED);
    }

    /** Recovers with what is open already; closes the journal, and only that, if it fails. */
    public static Recovery of(CheckpointFile checkpoint, RedoJournal journal, Redo.FileFinder files, Trails trails)
            throws IOException {
        try {
            for (CheckpointEntry entry : checkpoint.current().entries().values()) {
                LOG.debug("{}: checkpoint at {}", entry.path(), entry.position().offset());
            }
            Redo redo = new Redo(journal, files, trails);
            List<RedoneFile> redone = redo.run(checkpoint.current().sequence());
            redo.trailHead().ifPresent(head -> checkpoint.progress().keep(TrailHead.SECTION, head.encoded()));
            if (!checkpoint.isNew()) {
                redone.forEach(checkpoint.progress()::advance);
                checkpoint.commit();
                new ChangedIdentities(checkpoint).follow();
                checkpoint.commit();
            } else {
                // Its numbers begin anew, and may come to be those of the old group.
                journal.clear();
            }
            Optional<TrailHead> head =
                    checkpoint.current().section(TrailHead.SECTION).flatMap(TrailHead::decode);
            long announced = journal.announced(checkpoint.instance().checkpointId());
            return new Recovery(checkpoint, journal, trails.announcer(head, checkpoint::instance, announced));
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    public CheckpointFile checkpoint() {
        return checkpoint;
    }

    public RedoJournal journal() {
        return journal;
    }

    /** What announces the changes of the run in its audit trail; empty if it has none. */
    public Optional<Announcer> announcer() {
        return announcer;
    }

    /** A file that was rotated meanwhile has another name in the same directory, or in that to which a link leads. */
    private static Optional<LogFile> find(Path path, FileIdentity identity, Opener opener) throws IOException {
        Optional<LogFile> atHome = openIfSame(path, identity, opener);
        if (atHome.isPresent()) {
            return atHome;
        }
        Set<Path> directories = new LinkedHashSet<>();
        directories.add(path.toAbsolutePath().getParent());
        realDirectory(path).ifPresent(directories::add);
        for (Path directory : directories) {
            for (FileSighting sibling : FileSighting.in(directory)) {
                Optional<LogFile> found = isSame(sibling.identity(), identity)
                        ? openIfSame(sibling.path(), identity, opener)
                        : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> realDirectory(Path path) {
        try {
            return Optional.of(path.toRealPath().getParent());
        } catch (IOException leadsNowhere) {
            return Optional.empty();
        }
    }

    /** Compares the identity of the open file: a name may lead to another one a moment after it was examined. */
    private static Optional<LogFile> openIfSame(Path path, FileIdentity identity, Opener opener) throws IOException {
        if (!isAt(path, identity)) {
            return Optional.empty();
        }
        LogFile file;
        try {
            file = opener.open(path);
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
        if (isSame(file.identity(), identity)) {
            return Optional.of(file);
        }
        file.close();
        return Optional.empty();
    }

    private static boolean isAt(Path path, FileIdentity identity) {
        try {
            return isSame(FileIdentity.of(FileStatus.of(path)), identity);
        } catch (IOException notThere) {
            return false;
        }
    }

    private static boolean isSame(FileIdentity there, FileIdentity known) {
        return there.isSameInode(known) || there.isSameInodeOfOtherDevice(known);
    }

    @Override
    public void close() throws IOException {
        try (checkpoint;
                journal) {
            if (announcer.isPresent()) {
                announcer.get().close();
            }
        }
    }
}
