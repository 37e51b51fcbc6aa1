package io.pickaroon.connectors.kafka.send;

import io.pickaroon.processor.delivery.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What one transaction carries: the matches of a group of windows, the dead letters among them, and the positions that
 * are reached.
 *
 * <p>Everything is sent, and has its answer, before {@link #start} returns: a transaction cannot go on before that, and
 * its last batch should not wait to be filled.
 */
final class GroupTransfer implements Transfer {
    private final List<WindowTransfer> windows;
    private final Supplier<List<ProducerRecord<byte[], byte[]>>> positions;
    private final DeadLetterBox deadLetters;
    private final List<Exception> failures = new ArrayList<>();

    /** @param positions makes the records that say how far files are delivered by this transaction */
    GroupTransfer(
            List<WindowTransfer> windows,
            Supplier<List<ProducerRecord<byte[], byte[]>>> positions,
            DeadLetterBox deadLetters) {
        this.windows = windows;
        this.positions = positions;
        this.deadLetters = deadLetters;
    }

    List<WindowTransfer> windows() {
        return windows;
    }

    @Override
    public void start(Transport transport, Consumer<Exception> whenDone) {
        try {
            sendAll(transport);
            transport.flush();
            if (isGood()) {
                windows.forEach(deadLetters::append);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
        whenDone.accept(outcome());
    }

    private void sendAll(Transport transport) {
        for (WindowTransfer window : windows) {
            if (!isGood()) {
                return;
            }
            window.start(transport, this::failed);
        }
        for (WindowTransfer window : windows) {
            deadLetters.records(window).forEach(letter -> send(letter, transport));
        }
        positions.get().forEach(position -> send(position, transport));
    }

    private void send(ProducerRecord<byte[], byte[]> record, Transport transport) {
        transport.send(record, (_, failure) -> failed(failure));
    }

    private void failed(Exception failure) {
        if (failure != null) {
            synchronized (failures) {
                failures.add(failure);
            }
        }
    }

    private boolean isGood() {
        synchronized (failures) {
            return failures.isEmpty();
        }
    }

    /** Once one record has failed, the producer fails others because of it; a word about one record tells more. */
    private Exception outcome() {
        synchronized (failures) {
            return failures.stream()
                    .filter(DeliveryException.class::isInstance)
                    .findFirst()
                    .or(() -> failures.stream().findFirst())
                    .orElse(null);
        }
    }
}
