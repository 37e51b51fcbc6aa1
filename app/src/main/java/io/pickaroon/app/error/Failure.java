package io.pickaroon.app.error;

import io.pickaroon.inputs.discovery.DiscoveryException;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.directio.ByteText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * An exception as the user meets it.
 *
 * @param message one clear line that begins with the program's name; more lines where a person has to decide. For mistakes in
 *     a file, a list of them
 * @param exitCode see {@link ExitCode}
 */
public record Failure(String message, int exitCode) {
    private static final String PROGRAM = "pickaroon: ";
    private static final String DETAILS = "; run again with --stacktrace to see where";

    public Failure {
        message = ByteText.printableLines(message);
    }

    public static Failure of(Throwable thrown) {
        return switch (thrown) {
            case MistakesInFile error -> new Failure(error.getMessage(), ExitCode.USER_ERROR);
            case UserError error -> new Failure(PROGRAM + error.getMessage(), ExitCode.USER_ERROR);
            case DiscoveryException error -> new Failure(PROGRAM + error.getMessage(), ExitCode.USER_ERROR);
            case NoSuchFileException error -> failed(nameIn(error) + ": no such file or directory");
            case AccessDeniedException error ->
                failed(nameIn(error) + ": permission denied; give this user access to it");
            case FileSystemException error ->
                failed(
                        error.getReason() == null
                                ? nameIn(error) + ": " + nameOf(error)
                                : ByteText.withoutControls(error.getMessage()));
            case UncheckedIOException error -> of(error.getCause());
            case CompletionException error when error.getCause() != null -> of(error.getCause());
            case ExecutionException error when error.getCause() != null -> of(error.getCause());
            case OutOfMemoryError error ->
                failed("out of memory (" + error.getMessage()
                        + "); lower windowBytes or threads, or raise the heap with PICKAROON_HEAP");
            case IOException error -> failed(messageOf(error));
            case DeliveryException error
            when error.needsDecision() -> new Failure(PROGRAM + error.getMessage(), ExitCode.UNDECIDED);
            case DeliveryException error
            when error.isMistake() -> new Failure(PROGRAM + error.getMessage(), ExitCode.USER_ERROR);
            case RuntimeException error when isOurs(error) -> failed(messageOf(error));
            case RuntimeException error when error.getCause() instanceof IOException cause -> of(cause);
            default -> failed("internal error: " + nameOf(thrown) + ": " + thrown.getMessage() + DETAILS);
        };
    }

    private static String nameIn(FileSystemException error) {
        return ByteText.withoutControls(String.valueOf(error.getFile()));
    }

    private static boolean isOurs(Throwable thrown) {
        return thrown.getClass().getPackageName().startsWith("io.pickaroon.") && thrown.getMessage() != null;
    }

    private static Failure failed(String message) {
        return new Failure(PROGRAM + message, ExitCode.FAILED);
    }

    private static String messageOf(Throwable thrown) {
        return thrown.getMessage() == null ? nameOf(thrown) + DETAILS : thrown.getMessage();
    }

    private static String nameOf(Throwable thrown) {
        return thrown.getClass().getSimpleName();
    }
}
