package io.pickaroon.app.replay;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.app.inspect.DeliveredPlaces.Place;
import io.pickaroon.inputs.discovery.FileGlob;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.FilePart;
import io.pickaroon.processor.input.LogInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the files that are meant: those of the inputs, and those that a rotation has renamed since they were read; and of each the
 * part that is asked for and delivered. Reads the files where lines must end, and changes nothing. Used once, by one thread.
 */
final class ReplayedFiles {
    private final RunPlan plan;
    private final DeliveredPlaces places;
    private final ReplayRequest request;
    private final Map<String, LogInput> inputs = new HashMap<>();
    private final List<ReplayedFile> chosen = new ArrayList<>();
    private final ReplayNotes notes;

    /**
     * @param inputs those of the plan
     * @param notes takes what is left out, and why
     */
    ReplayedFiles(
            RunPlan plan, List<LogInput> inputs, DeliveredPlaces places, ReplayRequest request, ReplayNotes notes) {
        this.plan = plan;
        this.places = places;
        this.request = request;
        this.notes = notes;
        inputs.forEach(input -> this.inputs.put(input.id(), input));
    }

    /** @throws UserError if a pattern means no file of an input */
    List<ReplayedFile> choose() throws IOException {
        Map<Path, String> candidates = candidates();
        List<FileGlob> globs = request.globs().stream()
                .map(glob -> FileGlob.ofNameOrPath(glob, NativePath.workingDirectory()))
                .toList();
        for (int i = 0; i < globs.size(); i++) {
            requireAny(request.globs().get(i), globs.get(i), candidates);
        }
        candidates.forEach((path, input) -> {
            if (globs.stream().anyMatch(glob -> glob.matches(path))) {
                add(path, inputs.get(input));
            }
        });
        return List.copyOf(chosen);
    }

    /** By path, the input that has the file. */
    private Map<Path, String> candidates() throws IOException {
        Map<Path, String> candidates = new LinkedHashMap<>();
        Map<Long, List<FileIdentity>> found = new HashMap<>();
        for (LogInput input : inputs.values()) {
            for (Path path : plan.files().of(input.id())) {
                candidates.put(path, input.id());
                FileSighting.at(path)
                        .map(FileSighting::identity)
                        .ifPresent(identity -> found.computeIfAbsent(identity.inode(), _ -> new ArrayList<>())
                                .add(identity));
            }
        }
        Map<Path, List<FileSighting>> directories = new HashMap<>();
        for (Place place : places.all()) {
            Optional<LogInput> input = inputs.values().stream()
                    .filter(of -> of.files().covers(place.path()))
                    .findFirst();
            boolean isThere = found.getOrDefault(place.identity().inode(), List.of()).stream()
                    .anyMatch(place.identity()::isSameInode);
            if (input.isPresent() && !isThere) {
                directories.computeIfAbsent(place.path().getParent(), ReplayedFiles::filesIn).stream()
                        .filter(file -> file.identity().isSameInode(place.identity()))
                        .forEach(file ->
                                candidates.putIfAbsent(file.path(), input.get().id()));
            }
        }
        return candidates;
    }

    private static List<FileSighting> filesIn(Path directory) {
        try {
            return FileSighting.in(directory);
        } catch (IOException _) {
            return List.of();
        }
    }

    private void requireAny(String text, FileGlob glob, Map<Path, String> candidates) {
        if (candidates.keySet().stream().anyMatch(glob::matches)) {
            return;
        }
        Path path = NativePath.workingDirectory().resolve(NativePath.of(text));
        boolean isGone = places.all().stream().map(Place::path).anyMatch(glob::matches);
        String why = Files.isRegularFile(path)
                ? "is a file of no input of " + NativePath.printable(request.configuration())
                : isGone
                        ? "is gone, so nothing of it can be sent again"
                        : "no file of an input of %s has such a name; 'pickaroon checkpoint show' lists what was read"
                                .formatted(NativePath.printable(request.configuration()));
        throw new UserError("--file " + text + ": " + why);
    }

    private void add(Path path, LogInput input) {
        try (LogFile file = open(path, input.reading().decoded())) {
            Optional<Place> place = places.latest(file.identity()).filter(known -> known.deliveredOffset() > 0);
            if (place.isEmpty()) {
                notes.leftOut(path, "nothing of it is delivered yet");
            } else if (!fits(file, place.get())) {
                notes.leftOut(
                        path,
                        "it was truncated or written anew since the checkpoint was written, so nothing is known to be"
                                + " delivered of what it holds now");
            } else {
                add(path, input, file, place.get());
            }
        } catch (IOException e) {
            notes.failed(path, e);
        }
    }

    private void add(Path path, LogInput input, LogFile file, Place place) throws IOException {
        long endOffset = file.isDecoded() ? Long.MAX_VALUE : file.sizeBytes();
        long wanted = Math.min(request.part().endOffset(), endOffset);
        long delivered = place.deliveredOffset();
        if (request.part().startOffset() >= Math.min(wanted, delivered)) {
            notes.leftOut(path, "nothing of the part that is asked for is delivered: it is up to offset " + delivered);
            return;
        }
        if (delivered < wanted && (!file.isDecoded() || request.part().endOffset() < Long.MAX_VALUE)) {
            notes.cut(path, delivered);
        }
        FileIdentity identity = file.identity().ofGeneration(place.identity().generation());
        chosen.add(new ReplayedFile(
                input.id(),
                path,
                new FileSighting(place.path(), identity, file.storedBytes()),
                place,
                new FilePart(request.part().startOffset(), Math.min(wanted, delivered))));
    }

    private static LogFile open(Path path, List<ContentFormat> formats) throws IOException {
        LogFile file = LogFile.open(path).requireTrueSize();
        try {
            Optional<DecodedFile> decoded = DecodedFile.of(file, formats);
            return decoded.isPresent() ? decoded.get() : file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** An archive is not truncated, but replaced. */
    private static boolean fits(LogFile file, Place place) throws IOException {
        if (file instanceof DecodedFile decoded) {
            if (!(decoded.format() instanceof Utf16)) {
                return true;
            }
            decoded.decodeTo(place.deliveredOffset(), Math.max(0, place.deliveredOffset() - LineEnds.MOST_BYTES));
        }
        return file.sizeBytes() >= place.deliveredOffset() && place.fits(file);
    }
}
