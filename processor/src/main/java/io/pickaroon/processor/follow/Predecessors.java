package io.pickaroon.processor.follow;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files that had a file's name before it, and whose records must arrive before its own. {@link #newSession} and {@link
 * #block} are called under the lock of the file's {@link FollowReader}, the rest by any thread.
 */
final class Predecessors {
    /** The last one, while it is not read to its end in this session. */
    private volatile FollowedFile unread;
    /** The last one, while it is not delivered: a session that fails reads it again, and it comes first then, too. */
    private volatile FollowedFile undelivered;

    private OptionalLong blockedSinceNanos = OptionalLong.empty();
    /** In a container log, the streams whose last message goes on in this file, as {@code StreamPlaces.cuts} has them. */
    private int openStreams;

    void add(FollowedFile earlier) {
        undelivered = earlier;
        unread = earlier;
    }

    /** Null if there is none. */
    FollowedFile unread() {
        return unread;
    }

    Optional<FollowedFile> undelivered() {
        return Optional.ofNullable(undelivered);
    }

    void newSession() {
        while (undelivered != null && undelivered.isExpired()) {
            undelivered = undelivered.predecessors().undelivered;
        }
        unread = undelivered;
        blockedSinceNanos = OptionalLong.empty();
    }

    /** Forgets the last one if it is delivered. What comes before that one comes before this file, too. */
    void forgetDelivered() {
        FollowedFile earlier = undelivered;
        if (earlier != null && (earlier.isExpired() || unread == null && !earlier.hasUnread())) {
            undelivered = earlier.predecessors().undelivered;
        }
    }

    /**
     * Finds out whether the file has to wait: for what the last one held when that began.
     *
     * @return whether it has to
     */
    boolean block(long nowNanos) {
        FollowedFile earlier = unread;
        if (earlier == null) {
            return false;
        }
        if (blockedSinceNanos.isEmpty()) {
            blockedSinceNanos = OptionalLong.of(nowNanos);
        }
        if (!earlier.isReadSince(blockedSinceNanos.getAsLong())) {
            return true;
        }
        openStreams = earlier.openStreams();
        unread = earlier.isExpired() ? earlier.predecessors().unread : null;
        return unread != null;
    }

    /** In a container log, the streams of which the last one had only a beginning of the last message, once it is read to its end. */
    int openStreams() {
        return openStreams;
    }

    /** This file has gone on with them. */
    void forgetOpenStreams() {
        openStreams = 0;
    }
}
