package io.pickaroon.app.verify;

import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that are read, each with what the checkpoint says of it. Grows with their number. Thread-safe. */
final class VerifiedFiles {
    private final DeliveredPlaces places;
    private final Map<FileIdentity, VerifiedFile> byIdentity = new HashMap<>();
    private final Map<Long, VerifiedFile> byHash = new HashMap<>();
    private final Map<String, VerifiedFile> byText = new HashMap<>();
    private final List<VerifiedFile> all = new ArrayList<>();

    VerifiedFiles(DeliveredPlaces places) {
        this.places = places;
    }

    /** The file of a window. */
    synchronized VerifiedFile of(ScannedWindow window) {
        return byIdentity.computeIfAbsent(window.file().identity(), identity -> {
            VerifiedFile file = new VerifiedFile(
                    all.size(), identity, window.input(), window.file().path(), places.of(identity));
            all.add(file);
            byText.put(text(identity), file);
            byHash.put(MatchId.fileHash(MatchIds.of(window.file())), file);
            file.place().ifPresent(place -> alias(file, place.identity()));
            return file;
        });
    }

    /** The ids of a file were made with another identity, too. */
    synchronized void alias(VerifiedFile file, FileIdentity identity) {
        byText.putIfAbsent(text(identity), file);
        byHash.putIfAbsent(MatchId.fileHash(new MatchIds(identity)), file);
    }

    private static String text(FileIdentity identity) {
        return identity.ofGeneration(0) + "#" + identity.generation();
    }

    /**
     * The file that an audit trail names.
     *
     * @param identity as text, of generation 0
     */
    synchronized Optional<VerifiedFile> of(String identity, int generation) {
        return Optional.ofNullable(byText.get(identity + "#" + generation));
    }

    /** The file of which the id of a match has this part. */
    synchronized Optional<VerifiedFile> of(long hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** What the checkpoint says. */
    DeliveredPlaces places() {
        return places;
    }

    /** By their numbers. */
    synchronized List<VerifiedFile> all() {
        return List.copyOf(all);
    }
}
