package io.pickaroon.app.broker;

import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the parts of this installation are.
 *
 * @param javaExecutable the {@code java} command that runs this process
 * @param home the directory with {@code lib} and {@code broker}; empty if the launcher did not start this process
 */
public record Installation(Path javaExecutable, Optional<Path> home) {
    /** That of this process, as the launcher says with the property {@code pickaroon.home}. */
    public static Installation ofProcess() {
        return new Installation(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Optional.ofNullable(System.getProperty("pickaroon.home")).map(Path::of));
    }

    /**
     * The directory with the jars of the dev-broker.
     *
     * @throws UserError if it is not known or not there
     */
    public Path brokerLibDirectory() {
        Path directory = home.map(path -> path.resolve("broker"))
                .orElseThrow(() -> new UserError(
                        "the dev-broker cannot be found: start Pickaroon with its launcher, ./pickaroon"));
        if (!Files.isDirectory(directory)) {
            throw new UserError(NativePath.printable(directory)
                    + ": the dev-broker is missing here; build or install Pickaroon again");
        }
        return directory;
    }
}
