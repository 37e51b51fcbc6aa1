package io.pickaroon.connectors.kafka.send;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Map;
import reactor.core.publisher.Flux;

/** How windows go through an open producer. For one use. */
public interface Sender {
    /** How far the destination knows each file to be delivered. */
    Map<FileIdentity, DeliveredPosition> positions();

    /** As {@link io.pickaroon.processor.delivery.MatchSink#deliver}; errors may be those of Kafka's client. */
    Flux<Acknowledgement> send(Flux<ScannedWindow> windows);
}
