package io.pickaroon.app.input;

import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.inputs.discovery.FileGlob;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.directio.PinnedFile;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.input.ReadErrors;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The files of inputs with fixes that a run would neither read nor change: those that {@link FixAdmission} refuses, behind links
 * with several names or on a network file system, and those that this user may not read and write.
 */
public final class RefusedFixes {
    /**
     * A file that is refused.
     *
     * @param file the name under which the input has it
     * @param place where the pattern that has it stands in the configuration
     * @param message the file, why, and what to do
     */
    public record Refused(String inputId, Path file, Place place, String message) {}

    private RefusedFixes() {}

    /**
     * Looks at the files as they are now; opens none for writing.
     *
     * @param known files that an earlier run has admitted
     */
    public static List<Refused> among(
            LocatedSettings located, InputFiles files, Path workingDirectory, Map<FileIdentity, Path> known) {
        Settings settings = located.settings();
        FixAdmission admission = new FixAdmission(settings, workingDirectory, known);
        List<Refused> refused = new ArrayList<>();
        for (InputSettings input : settings.inputs()) {
            boolean hasFixes = settings.rules().stream()
                    .anyMatch(rule -> rule.changesFiles() && rule.inputs().contains(input.id()));
            if (hasFixes) {
                for (Path file : files.of(input.id())) {
                    problemWith(file, admission)
                            .map(message -> new Refused(
                                    input.id(),
                                    file,
                                    place(input, located.includes().get(input.id()), file, workingDirectory),
                                    message))
                            .ifPresent(refused::add);
                }
            }
        }
        return refused;
    }

    private static Optional<String> problemWith(Path file, FixAdmission admission) {
        try (PinnedFile pinned = PinnedFile.of(file)) {
            if (Files.isReadable(file) && DecodedFormats.of(file).isPresent()) {
                return Optional.empty();
            }
            Path realPath = pinned.realPath();
            try {
                admission.require(file.toAbsolutePath().normalize(), realPath, pinned.status(), pinned.fileSystem());
            } catch (IOException refusal) {
                String link = link(file)
                        .map(it -> " (the link is %s)".formatted(NativePath.printable(it)))
                        .orElse("");
                return Optional.of(refusal.getMessage() + link);
            }
            return accessProblem(file);
        } catch (IOException cannotBeRead) {
            // The search for files has said so.
            return Optional.empty();
        }
    }

    /** As opening it would fail, without opening it. */
    private static Optional<String> accessProblem(Path file) {
        try {
            file.getFileSystem().provider().checkAccess(file, AccessMode.READ, AccessMode.WRITE);
            return Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(ReadErrors.describe(e, true));
        }
    }

    /** The last step of a path that is a symbolic link, as a path. */
    private static Optional<Path> link(Path file) {
        for (Path step = file; step != null; step = step.getParent()) {
            if (Files.isSymbolicLink(step)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    private static Place place(InputSettings input, List<Place> places, Path file, Path workingDirectory) {
        List<String> include = input.files().include();
        return IntStream.range(0, include.size())
                .filter(glob ->
                        FileGlob.ofPath(include.get(glob), workingDirectory).matches(file))
                .mapToObj(places::get)
                .findFirst()
                .orElse(Place.START);
    }
}
