package io.pickaroon.processor.follow;

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
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final LogInput input;
    private final Path home;
    private final RunResources resources;

    private volatile String problem;
    private volatile long retryNanos;
    private Duration pause = FIRST_PAUSE;

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

    /** It could not be read; reported once. A file that is not there is searched for by the next scan, and is no trouble. */
    void failed(IOException e) {
        if (e instanceof NoSuchFileException) {
            return;
        }
        String message = ReadErrors.describe(e, input);
        if (!message.equals(problem)) {
            LOG.error("{}; it is tried again for as long as it is there", message);
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
            pause = FIRST_PAUSE;
        }
    }
}
