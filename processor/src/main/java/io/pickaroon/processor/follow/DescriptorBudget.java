package io.pickaroon.processor.follow;

import io.pickaroon.processor.read.RunResources;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which followed files are open, at most {@code maxOpenFiles}: those that are read, those that have just been, and those
 * that wait to be read while the destination is away. An open file can be read to its end under any name, or none, so
 * files that were rotated keep their places before those that are still at theirs. A file without a place is found again by
 * its inode, for as long as it is in its directory. Thread-safe.
 */
final class DescriptorBudget {
    private final RunResources resources;
    /** Open files without a turn, the one without a turn for longest first. */
    private final Set<FollowedFile> idle = new LinkedHashSet<>();
    /** Files that were opened before their turn. */
    private final SequencedSet<FollowedFile> held = new LinkedHashSet<>();
    /** Files that had no room for their turn. */
    private final Set<FollowedFile> postponed = new LinkedHashSet<>();

    DescriptorBudget(RunResources resources) {
        this.resources = resources;
    }

    /** Whether a file may be opened for its turn. False if too many wait to be fixed: then it is a matter of time. */
    synchronized boolean admit(FollowedFile file) {
        idle.remove(file);
        held.remove(file);
        // What was read of it in a session that failed is still open, and is not delivered before it is read again.
        boolean isAdmitted =
                file.isHeld() || makeRoom(_ -> true, waiting -> !waiting.place().isRotated());
        if (!isAdmitted) {
            postponed.add(file);
        }
        return isAdmitted;
    }

    /** Opens a file before its turn, if there is room. Returns whether it is open now. */
    synchronized boolean hold(FollowedFile file) {
        if (file.isHeld()) {
            return true;
        }
        boolean isRotated = file.place().isRotated();
        boolean isOpen = file.place().now().isPresent()
                && makeRoom(
                        quiet -> !quiet.hasUnread(),
                        waiting -> isRotated && !waiting.place().isRotated())
                && file.hold();
        if (isOpen) {
            held.add(file);
        }
        return isOpen;
    }

    private boolean makeRoom(Predicate<FollowedFile> mayBeClosed, Predicate<FollowedFile> mayBeReleased) {
        giveUp(idle, mayBeClosed, FollowedFile::close);
        giveUp(held.reversed(), mayBeReleased, FollowedFile::release);
        return isRoom();
    }

    /** Takes files away, in their order, until there is room; none that is, or may be, deleted: it could not be opened again. */
    private void giveUp(Collection<FollowedFile> files, Predicate<FollowedFile> mayBe, Consumer<FollowedFile> end) {
        for (Iterator<FollowedFile> all = files.iterator(); !isRoom() && all.hasNext(); ) {
            FollowedFile file = all.next();
            if (canBeOpenedAgain(file) && mayBe.test(file)) {
                all.remove();
                end.accept(file);
            }
        }
    }

    /**
     * Files that had no room, as many as there is room for when idle files are closed.
     *
     * @param least so many in any case: their turns may find out that others can be closed
     */
    synchronized List<FollowedFile> takePostponed(int least) {
        long most = postponed.isEmpty() ? 0 : Math.max(least, room() + closable());
        List<FollowedFile> taken = postponed.stream().limit(most).toList();
        taken.forEach(postponed::remove);
        return taken;
    }

    private long closable() {
        return idle.stream()
                .filter(file -> canBeOpenedAgain(file) && !file.hasUnread())
                .limit(postponed.size())
                .count();
    }

    private static boolean canBeOpenedAgain(FollowedFile file) {
        return file.place().now().isPresent() && !(file.place().isUnknown() && file.hasUnread());
    }

    synchronized boolean hasPostponed() {
        return !postponed.isEmpty();
    }

    /** The turn of a file has ended. */
    synchronized void turnEnded(FollowedFile file) {
        if (file.isOpen()) {
            idle.add(file);
        }
    }

    /** Open files without a turn. */
    synchronized List<FollowedFile> idle() {
        return List.copyOf(idle);
    }

    synchronized void close(FollowedFile file) {
        idle.remove(file);
        held.remove(file);
        file.close();
    }

    /** Turns begin anew, for all files. */
    synchronized void newSession() {
        postponed.clear();
        idle.clear();
    }

    synchronized boolean isRoom() {
        return room() > 0;
    }

    private int room() {
        return resources.settings().maxOpenFiles() - resources.files().count();
    }
}
