package io.pickaroon.connect.record;

import org.apache.kafka.connect.errors.ConnectException;

/** A record cannot go where it is meant to go, and there is no topic for dead letters: the task has to fail. */
public final class RefusedRecordException extends ConnectException {
    RefusedRecordException(String message) {
        super(message);
    }
}
