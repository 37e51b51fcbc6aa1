/**
 * What the brokers say about topics: the check before the first record that each one exists and may be written
 * to, and the check that it still exists when nothing is acknowledged.
 */
package io.pickaroon.connectors.kafka.topics;
