/**
 * What the brokers say about topics: the check before the first record that each one exists and may be written
 * to, and the question whether it still exists when nothing is acknowledged any more.
 */
package io.pickaroon.connectors.kafka.topics;
