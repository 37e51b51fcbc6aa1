/**
 * The Kafka sink: {@link io.pickaroon.connectors.kafka.KafkaSink} and its sessions. A session waits for the
 * brokers ({@code topics}), with exactly-once delivery takes over its name ({@code start}), sends windows ({@code
 * send}), and ends with its producer. Everything that a session needs is in the packages below; each uses only
 * those that stand before it in this order: {@code settings}, {@code client} and {@code claim}, {@code
 * positions}, {@code topics}, {@code records}, {@code send}, {@code start}, {@code admin}.
 */
package io.pickaroon.connectors.kafka;
