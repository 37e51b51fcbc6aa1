package io.pickaroon.processor.follow;

import io.pickaroon.processor.read.Pace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * The files that wait until the rate of their input allows a turn, the first to come first. Of each such input one file has a
 * turn at a time, because only the turn finds out how much it reads. Guarded by {@link TurnQueue}. Watches no clock: it finds
 * out what may begin when it is asked.
 */
final class PacedTurns {
    private final Map<Pace, Line> lines = new HashMap<>();
    private final Set<FollowedFile> waiting = new LinkedHashSet<>();
    private boolean isOver;

    private static final class Line {
        final Queue<FollowedFile> files = new ArrayDeque<>();
        /** Null if none has. */
        FollowedFile inTurn;
    }

    /** Has a file wait, if it must. Returns whether it does. */
    boolean add(FollowedFile file) {
        if (isOver || file.pace().isEmpty()) {
            return false;
        }
        lines.computeIfAbsent(file.pace().get(), _ -> new Line()).files.add(file);
        waiting.add(file);
        return true;
    }

    boolean has(FollowedFile file) {
        return waiting.contains(file);
    }

    /** Takes away the files whose turns may begin now. */
    List<FollowedFile> takeDue() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<FollowedFile> due = new ArrayList<>();
        lines.forEach((pace, line) -> {
            if (line.inTurn == null && !line.files.isEmpty() && pace.mayRead()) {
                line.inTurn = line.files.remove();
                due.add(line.inTurn);
            }
        });
        due.forEach(waiting::remove);
        return due;
    }

    /** The turn of a file has ended. */
    void ended(FollowedFile file) {
        file.pace().map(lines::get).filter(line -> file.equals(line.inTurn)).ifPresent(line -> line.inTurn = null);
    }

    /** From now on no file waits, because the run is about to end. Takes away those that did. */
    List<FollowedFile> end() {
        isOver = true;
        List<FollowedFile> all = List.copyOf(waiting);
        waiting.clear();
        lines.clear();
        return all;
    }
}
