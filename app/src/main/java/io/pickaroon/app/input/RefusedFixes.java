package io.pickaroon.app.input;

import io.pickaroon.app.decode.DecodedFormats;
import io.pickaroon.config.LocatedSettings;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.directio.PinnedFile;
import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The files of inputs with fixes that a run would neither read nor change, because {@link FixAdmission} refuses them: those
 * behind links, and those with several names.
 */
public final class RefusedFixes {
    /**
     * A file that is refused.
     *
     * @param place where the pattern that has it stands in the configuration
     * @param message the file, why, and what to do
     */
    public record Refused(String inputId, Place place, String message) {}

    private RefusedFixes() {}

    /**
     * Looks at the files as they are now; opens none for writing.
     *
     * @param known files that an earlier run has admitted
     */
    public static List<Refused> among(
            LocatedSettings located, InputFiles files, Path workingDirectory, Collection<FileIdentity> known) {
        Settings settings = located.settings();
        FixAdmission admission = new FixAdmission(settings, workingDirectory, known);
        List<Refused> refused = new ArrayList<>();
        for (InputSettings input : settings.inputs()) {
            boolean hasFixes = settings.rules().stream()
                    .anyMatch(rule -> rule.fix().isPresent() && rule.inputs().contains(input.id()));
            if (hasFixes) {
                for (Path file : files.of(input.id())) {
                    problemWith(file, admission)
                            .map(message -> new Refused(
                                    input.id(),
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
            if (DecodedFormats.of(file).isPresent()) {
                return Optional.empty();
            }
            Path realPath = pinned.realPath();
            try {
                admission.require(realPath, pinned.status());
                return Optional.empty();
            } catch (IOException refusal) {
                String link = link(file)
                        .map(it -> " (the link is %s)".formatted(NativePath.printable(it)))
                        .orElse("");
                return Optional.of(refusal.getMessage() + link);
            }
        } catch (IOException cannotBeRead) {
            // The search for files has said so.
            return Optional.empty();
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
