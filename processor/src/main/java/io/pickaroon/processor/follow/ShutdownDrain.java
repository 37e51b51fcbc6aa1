package io.pickaroon.processor.follow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Which files still have turns when a run is stopped: those that are open and deleted, as far as is known, because they cannot be
 * opened again, those that must be read before them, and those in which a record waits for others that it takes along. Before
 * that, all have. Begun once, by any thread; any thread may ask.
 */
final class ShutdownDrain {
    private final Sinks.Empty<Void> begun = Sinks.empty();
    private final List<FollowedFile> deleted = new ArrayList<>();
    /** Files in which a record waits. */
    private final List<FollowedFile> holding = new ArrayList<>();
    /** Null while all files have turns. */
    private volatile Set<FollowedFile> files;

    /**
     * From now on no other files have turns.
     *
     * @param all files that are known, by the last directory scan
     */
    void begin(Collection<FollowedFile> all) {
        Set<FollowedFile> chosen = new HashSet<>();
        for (FollowedFile file : all) {
            if (file.mayBeOnlyOpen()) {
                deleted.add(file);
                choose(file, chosen);
            } else if (file.endContext()) {
                holding.add(file);
                chosen.add(file);
            }
        }
        files = chosen;
        begun.tryEmitEmpty();
    }

    private static void choose(FollowedFile file, Set<FollowedFile> chosen) {
        for (FollowedFile next = file; next != null && chosen.add(next); next = next.predecessor()) {
            next.endSoon();
        }
    }

    /**
     * Gives turns to deleted files that still hold something, and to those before them; and one to each in which a record waits.
     *
     * @return whether all of them are read to their end, or have emitted what waited
     */
    boolean advance(TurnQueue queue, Consumer<FollowedFile> enqueue) {
        boolean isDone = true;
        for (FollowedFile file : holding) {
            boolean isQueued = queue.has(file);
            if (!isQueued && file.endContext()) {
                enqueue.accept(file);
                isQueued = true;
            }
            isDone &= !isQueued;
        }
        for (FollowedFile file : deleted) {
            if (queue.has(file) || !file.hasEmittedLast()) {
                isDone = false;
                for (FollowedFile next = file; next != null; next = next.predecessor()) {
                    if (!queue.has(next)) {
                        enqueue.accept(next);
                    }
                }
            }
        }
        return isDone;
    }

    /** Whether a file has turns. */
    boolean has(FollowedFile file) {
        Set<FollowedFile> known = files;
        return known == null || known.contains(file);
    }

    /** Completes when a turn under way of this file must end. */
    Mono<Void> endOf(FollowedFile file) {
        return begun.asMono().then(Mono.defer(() -> has(file) ? Mono.never() : Mono.empty()));
    }
}
