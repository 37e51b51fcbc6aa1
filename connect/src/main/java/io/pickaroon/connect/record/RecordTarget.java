package io.pickaroon.connect.record;

import java.util.Objects;
import java.util.Optional;

/**
 * What the records of a connector are made for. Immutable.
 *
 * @param deadLetterTopic where records go that cannot be sent; empty: such a record ends its task
 * @param limits what topics take
 * @param headers as what headers are given to the worker
 */
public record RecordTarget(Optional<String> deadLetterTopic, RecordLimits limits, HeaderForm headers) {
    public RecordTarget {
        Objects.requireNonNull(deadLetterTopic, "deadLetterTopic");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(headers, "headers");
    }
}
