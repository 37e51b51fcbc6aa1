package io.pickaroon.connectors.kafka.send;

import io.pickaroon.processor.delivery.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records of one transaction: the matches of a group of windows, their dead letters, and the positions that the
 * group reaches.
 *
 * <p>{@link #start} returns when every record is sent and answered: a transaction cannot be committed before, and its
 * last batch must not wait to be filled.
 */
final class GroupTransfer implements Transfer {
    private final List<WindowTransfer> windows;
    private final Supplier<List<ProducerRecord<byte[], byte[]>>> positions;
    private final DeadLetterBox deadLetters;
    private final List<Exception> failures = new ArrayList<>();

    /** @param positions makes the records with the positions that this transaction reaches */
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

    /** After one record has failed, the producer fails others because of it. An error about one record says more. */
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
