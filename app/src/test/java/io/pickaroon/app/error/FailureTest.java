package io.pickaroon.app.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pickaroon.inputs.discovery.FileGlob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void aMistakeOfTheUserEndsWithTwo() {
        assertThat(Failure.of(new UserError("no such topic"))).isEqualTo(new Failure("pickaroon: no such topic", 2));
    }

    @Test
    void soDoesAPatternForFilesThatIsNone() {
        Throwable mistake = catchThrowable(() -> FileGlob.ofPath("/logs/[a", Path.of("/")));

        Failure failure = Failure.of(mistake);
        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.message()).startsWith("pickaroon: '/logs/[a' is no pattern for files: ");
    }

    @Test
    void aMissingFileIsNamedThroughEveryWrapping() {
        IOException missing = new NoSuchFileException("/logs/a");

        assertThat(Failure.of(new CompletionException(new UncheckedIOException(missing))))
                .isEqualTo(new Failure("pickaroon: /logs/a: no such file or directory", 1));
    }

    @Test
    void aForbiddenFileIsNamed() {
        assertThat(Failure.of(new AccessDeniedException("/logs/a")).message())
                .isEqualTo("pickaroon: /logs/a: permission denied; give this user access to it");
    }

    @Test
    void whatNobodyExpectedPointsToTheStackTrace() {
        assertThat(Failure.of(new IllegalStateException("broken")).message())
                .isEqualTo(
                        "pickaroon: internal error: IllegalStateException: broken; run again with --stacktrace to see"
                                + " where");
    }
}
