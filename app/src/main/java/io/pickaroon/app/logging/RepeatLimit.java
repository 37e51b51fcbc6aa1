package io.pickaroon.app.logging;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets so many of what is the same through in a minute, and says with the next one how many it held back. What it remembers
 * is bounded. Used by one thread at a time.
 */
final class RepeatLimit {
    /** What {@link #admit} says of something that is held back. */
    static final int HELD_BACK = -1;

    private static final long WINDOW_MILLIS = 60_000;
    private static final int MOST_KEYS = 1_000;

    private final int mostInWindow;

    private static final class Window {
        private long startMillis;
        private int admitted;
        private int heldBack;
    }

    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_KEYS;
        }
    };

    /** @param mostInWindow how many are let through in a minute, at least 1 */
    RepeatLimit(int mostInWindow) {
        this.mostInWindow = mostInWindow;
    }

    /**
     * Counts one.
     *
     * @param key what is the same in all of them
     * @return {@link #HELD_BACK}, or how many were held back since the last one that was let through
     */
    int admit(String key, long nowMillis) {
        Window window = windows.computeIfAbsent(key, _ -> new Window());
        if (window.admitted == 0 || nowMillis - window.startMillis >= WINDOW_MILLIS) {
            window.startMillis = nowMillis;
            window.admitted = 0;
        }
        if (window.admitted == mostInWindow) {
            window.heldBack++;
            return HELD_BACK;
        }
        window.admitted++;
        int heldBack = window.heldBack;
        window.heldBack = 0;
        return heldBack;
    }
}
