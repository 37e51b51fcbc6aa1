package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.directio.ByteText;
import java.time.Instant;
import java.util.Objects;

/**
 * A position in the topic. Immutable.
 *
 * @param path of the file when it was delivered, printable, for people
 * @param deliveredAt when it was delivered; {@link Instant#EPOCH} if it is not known
 */
public record StoredPosition(String path, DeliveredPosition position, Instant deliveredAt) {
    public StoredPosition {
        path = ByteText.withoutControls(path);
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(deliveredAt, "deliveredAt");
    }
}
