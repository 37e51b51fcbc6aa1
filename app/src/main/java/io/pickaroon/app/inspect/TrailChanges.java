package io.pickaroon.app.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.processor.audit.TrailLine;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.audit.TrailVerifier;
import io.pickaroon.processor.audit.TrailVerifier.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The changes that an audit trail says were made, without those that were announced since the checkpoint was written. Memory is
 * bounded by the changes of one group. For one thread.
 */
public final class TrailChanges {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A change that was made.
     *
     * @param record where the record starts
     * @param offset where the change begins
     */
    public record Change(Content file, long record, long offset, long length, List<String> rules, Origin origin) {}

    /**
     * What it was made in.
     *
     * @param identity of the file in generation 0, as text
     */
    public record Content(String identity, int generation) {}

    /**
     * Who has made it.
     *
     * @param configuration what the trail calls it
     */
    public record Origin(long checkpointId, String configuration) {}

    /** Takes changes. */
    @FunctionalInterface
    public interface Taker {
        void take(Change change) throws IOException;
    }

    private final DeliveredPlaces places;
    private final Taker taker;
    /** Of the group that is read, by their numbers in it. */
    private final Map<Integer, Change> group = new TreeMap<>();

    private long groupCheckpointId;
    private long groupCounter;

    private TrailChanges(DeliveredPlaces places, Taker taker) {
        this.places = places;
        this.taker = taker;
    }

    /**
     * Reads a trail.
     *
     * @return whether its chain is whole
     * @throws java.nio.file.NoSuchFileException if it is not there
     */
    public static Verdict read(TrailSettings trail, DeliveredPlaces places, Taker taker) throws IOException {
        TrailChanges changes = new TrailChanges(places, taker);
        Verdict verdict = new TrailVerifier(trail.file(), trail.key())
                .verify(
                        places.trailPlace(trail.file()),
                        (line, bytes, from, to, _) -> changes.take(line, bytes, from, to));
        changes.endGroup();
        return verdict;
    }

    private void take(TrailLine line, byte[] bytes, int from, int to) throws IOException {
        if (line.checkpointId() != groupCheckpointId || line.counter() != groupCounter) {
            endGroup();
            groupCheckpointId = line.checkpointId();
            groupCounter = line.counter();
        }
        switch (line.event()) {
            case TrailLine.CHANGE -> group.put(line.index(), change(line.checkpointId(), bytes, from, to));
            case TrailLine.NOT_MADE -> group.remove(line.index());
            default -> {
                // Nothing was changed.
            }
        }
    }

    private void endGroup() throws IOException {
        if (places.hadAnnounced(groupCheckpointId, groupCounter)) {
            for (Change change : group.values()) {
                taker.take(change);
            }
        }
        group.clear();
    }

    private static Change change(long checkpointId, byte[] bytes, int from, int to) throws IOException {
        String identity = "";
        int generation = 0;
        long record = 0;
        long offset = 0;
        long length = 0;
        String configuration = "";
        List<String> rules = new ArrayList<>();
        try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
            json.nextToken();
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.FIELD_NAME) {
                    continue;
                }
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "identity" -> identity = json.getText();
                    case "generation" -> generation = json.getIntValue();
                    case "record" -> record = json.getLongValue();
                    case "offset" -> offset = json.getLongValue();
                    case "length" -> length = json.getLongValue();
                    case "configuration" -> configuration = json.getText();
                    case "rules" -> {
                        while (json.nextToken() == JsonToken.VALUE_STRING) {
                            rules.add(json.getText());
                        }
                    }
                    default -> {
                        // Of no use here; the members of "file" are read as those around it.
                    }
                }
            }
        }
        return new Change(
                new Content(identity, generation),
                record,
                offset,
                length,
                List.copyOf(rules),
                new Origin(checkpointId, configuration));
    }
}
