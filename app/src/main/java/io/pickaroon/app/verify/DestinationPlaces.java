package io.pickaroon.app.verify;

import io.pickaroon.app.inspect.DeliveredPlaces.Place;
import io.pickaroon.connectors.kafka.admin.KeptPositions;
import io.pickaroon.connectors.kafka.admin.KeptPositions.Kept;
import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.processor.file.FileIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Kafka keeps of the positions of an instance; nothing with at-least-once delivery. Immutable. */
final class DestinationPlaces {
    private final Map<FileIdentity, StoredPosition> positions;

    private DestinationPlaces(Map<FileIdentity, StoredPosition> positions) {
        this.positions = positions;
    }

    /** @param name under which they are kept; empty if there is none yet */
    static DestinationPlaces read(KafkaSinkSettings kafka, Optional<String> name) throws InterruptedException {
        if (name.isEmpty() || !(kafka.guarantee() instanceof Guarantee.ExactlyOnce)) {
            return new DestinationPlaces(Map.of());
        }
        return new DestinationPlaces(new KeptPositions(kafka)
                .all().stream()
                        .filter(kept -> kept.name().equals(name.get()))
                        .map(Kept::positions)
                        .findFirst()
                        .orElse(Map.of()));
    }

    /** From which offset on it is known that the rules of today were in force; 0 if nothing is known of the file. */
    long rulesSince(VerifiedFile file) {
        return file.place()
                .map(Place::identity)
                .flatMap(identity -> Optional.ofNullable(positions.get(identity)))
                .map(stored -> stored.position().rulesSince())
                .orElse(0L);
    }

    /** Whether it keeps a position of a file, so that {@link #rulesSince} is known. */
    boolean knows(VerifiedFile file) {
        return file.place()
                .filter(place -> positions.containsKey(place.identity()))
                .isPresent();
    }

    /** Identities that a file had while its file system had another device number. */
    List<FileIdentity> formerIdentities(VerifiedFile file) {
        return positions.keySet().stream()
                .filter(known -> file.place()
                        .filter(place -> known.isSameInodeOfOtherDevice(place.identity())
                                && known.generation() == place.identity().generation())
                        .isPresent())
                .toList();
    }
}
