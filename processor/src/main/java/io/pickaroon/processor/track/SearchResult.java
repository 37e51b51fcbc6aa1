package io.pickaroon.processor.track;

import io.pickaroon.processor.file.FileSighting;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a search for a file has found out. Immutable.
 *
 * @param sighting where the file is; empty if it was not found
 * @param isUnknown whether it may be there and was not found, because not all of that could be searched
 */
record SearchResult(Optional<FileSighting> sighting, boolean isUnknown) {
    static final SearchResult NOWHERE = new SearchResult(Optional.empty(), false);
    static final SearchResult UNKNOWN = new SearchResult(Optional.empty(), true);

    /** What was found where everything could be searched. */
    static SearchResult of(Optional<FileSighting> sighting) {
        return sighting.isEmpty() ? NOWHERE : new SearchResult(sighting, false);
    }

    boolean isFound() {
        return sighting.isPresent();
    }

    /** Whether the file is there; empty if that cannot be told. */
    Optional<Boolean> answer() {
        return isUnknown ? Optional.empty() : Optional.of(isFound());
    }

    /** This one, or what a further search finds. */
    SearchResult or(Supplier<SearchResult> further) {
        if (isFound()) {
            return this;
        }
        SearchResult next = further.get();
        return isUnknown && !next.isFound() ? UNKNOWN : next;
    }
}
