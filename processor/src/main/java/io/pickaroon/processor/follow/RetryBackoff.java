package io.pickaroon.processor.follow;

import io.pickaroon.processor.file.RemoteFileException;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.ReadErrors;
import io.pickaroon.processor.read.RunResources;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a followed file cannot be read for now, and when that is tried again: after a second, and then less and less often.
 * Changes in turns of the file, one at a time; any thread may ask.
 */
final class RetryBackoff {
    private static final Logger LOG = LoggerFactory.getLogger(RetryBackoff.class);
    private static final String AGAIN = "{}; it is tried again for as long as it is there";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Trouble that may pass is a problem if it lasts for about a quarter of a minute. */
    private static final int FEW_FAILURES = 4;

    private final LogInput input;
    private final Path home;
    private final RunResources resources;

    private volatile String problem;
    private volatile long retryNanos;
    private Duration pause = FIRST_PAUSE;
    private long failedOffset;
    private volatile int failures;

    RetryBackoff(LogInput input, Path home, RunResources resources) {
        this.input = input;
        this.home = home;
        this.resources = resources;
    }

    boolean isThere() {
        return problem != null;
    }

    /** Whether it is too early to try again. */
    boolean isPausing() {
        return problem != null && resources.nowNanos() - retryNanos < 0;
    }

    /** Whether it could not be read several times, and nothing of it in between. */
    boolean lasts() {
        return failures > FEW_FAILURES;
    }

    /**
     * It could not be read; reported once. A file that is not there is searched for by the next scan, and is no trouble.
     *
     * @param reachedOffset up to where it is read
     */
    void failed(IOException e, long reachedOffset) {
        if (e instanceof NoSuchFileException) {
            return;
        }
        boolean mayPass = RemoteFileException.isCauseOf(e);
        if (reachedOffset != failedOffset) {
            restart();
        }
        failedOffset = reachedOffset;
        int inARow = failures + 1;
        failures = inARow;
        String message = ReadErrors.describe(e, input);
        boolean isNew = !message.equals(problem);
        if (mayPass) {
            resources.counters().retried(input);
        }
        if (isNew && mayPass) {
            LOG.warn(AGAIN, message);
        } else if (isNew) {
            LOG.error(AGAIN, message);
        }
        if (mayPass ? inARow == FEW_FAILURES + 1 : isNew) {
            resources.counters().problem(input, home, message);
        }
        problem = message;
        retryNanos = resources.nowNanos() + pause.toNanos();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    void recovered() {
        if (problem != null) {
            LOG.info("{} can be read again", home);
            problem = null;
            restart();
        }
    }

    private void restart() {
        pause = FIRST_PAUSE;
        failures = 0;
    }
}
