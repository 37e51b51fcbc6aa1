package io.pickaroon.connectors.kafka.send;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Map;
import reactor.core.publisher.Flux;

/** Sends the windows of one session through its open producer. For one use. */
public interface Sender {
    /** How far each file is delivered, as far as the destination knows. */
    Map<FileIdentity, DeliveredPosition> positions();

    /** Like {@link io.pickaroon.processor.delivery.MatchSink#deliver}; errors may be those of Kafka's client. */
    Flux<Acknowledgement> send(Flux<ScannedWindow> windows);
}
