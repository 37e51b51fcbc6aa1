package io.pickaroon.processor.directio;

import java.io.IOException;

/** Real inotify, for a user who may have no more than so many watches. */
public final class InotifyAtLimit {
    private InotifyAtLimit() {}

    /** Answers so many calls for a watch, and refuses all others. */
    public static Inotify open(int granted) throws IOException {
        FaultyCalls calls = new FaultyCalls();
        calls.watchesGranted = granted;
        return Inotify.open(calls);
    }
}
