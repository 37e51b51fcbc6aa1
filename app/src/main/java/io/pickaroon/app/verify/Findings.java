package io.pickaroon.app.verify;

import io.pickaroon.app.error.ExitCode;
import java.util.EnumMap;
import java.util.Map;

/** What is wrong, and what cannot be proven, as numbers. For one thread. */
final class Findings {
    private long wrong;
    private final Map<Unproven, Long> unproven = new EnumMap<>(Unproven.class);

    /** That many are wrong. */
    void wrong(long count) {
        wrong += count;
    }

    /** That many cannot be proven. */
    void unproven(Unproven reason, long count) {
        if (count > 0) {
            unproven.merge(reason, count, Long::sum);
        }
    }

    /** What cannot be proven, by reason. */
    Map<Unproven, Long> unproven() {
        return Map.copyOf(unproven);
    }

    /** @param readExitCode how reading the files ended */
    int exitCode(int readExitCode) {
        return wrong > 0 || readExitCode != ExitCode.DONE
                ? ExitCode.FAILED
                : unproven.isEmpty() ? ExitCode.DONE : ExitCode.UNPROVEN;
    }

    /** The last line of a report. */
    String verdict(int readExitCode) {
        return switch (exitCode(readExitCode)) {
            case ExitCode.DONE -> "all is proven";
            case ExitCode.UNPROVEN -> "nothing is wrong, as far as it can be proven";
            default -> wrong > 0 ? "wrong: %,d".formatted(wrong) : "not all could be read";
        };
    }
}
