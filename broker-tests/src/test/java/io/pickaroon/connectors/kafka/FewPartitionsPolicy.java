package io.pickaroon.connectors.kafka;

import java.util.Map;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.server.policy.CreateTopicPolicy;

/** Runs in a broker: refuses topics with more than eight partitions. */
public final class FewPartitionsPolicy implements CreateTopicPolicy {
    @Override
    public void validate(RequestMetadata wanted) {
        if (wanted.numPartitions() > 8) {
            throw new PolicyViolationException("ask the platform team for more than 8 partitions");
        }
    }

    @Override
    public void configure(Map<String, ?> configuration) {}

    @Override
    public void close() {}
}
