package io.pickaroon.processor.follow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Which files still have turns when a session is to end: those that are deleted and open, because nobody could open them
 * again, and those that must be read before them. Before that, all have. Begun once, by any thread; may be asked by any.
 */
final class ShutdownDrain {
    private final Sinks.Empty<Void> begun = Sinks.empty();
    private final List<FollowedFile> deleted = new ArrayList<>();
    /** Null while all files have turns. */
    private volatile Set<FollowedFile> files;

    /**
     * From now on no others have turns.
     *
     * @param all where they are, by a look that has just been made
     * @return those that are to be read to their end
     */
    List<FollowedFile> begin(Collection<FollowedFile> all) {
        Set<FollowedFile> chosen = new HashSet<>();
        for (FollowedFile file : all) {
            if (file.isOpenOnly()) {
                deleted.add(file);
                choose(file, chosen);
            }
        }
        files = chosen;
        begun.tryEmitEmpty();
        return deleted;
    }

    private static void choose(FollowedFile file, Set<FollowedFile> chosen) {
        for (FollowedFile next = file; next != null && chosen.add(next); next = next.predecessor()) {
            next.endSoon();
        }
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
