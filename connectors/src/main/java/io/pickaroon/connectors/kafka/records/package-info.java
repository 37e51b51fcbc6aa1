/**
 * What a match becomes in Kafka: topic, partition, headers and value, and the size by which a record is known to
 * be too large before it is sent.
 */
package io.pickaroon.connectors.kafka.records;
