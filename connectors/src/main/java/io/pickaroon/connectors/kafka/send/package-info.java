/**
 * The way of windows through one open producer: one transfer for each window or group of windows, the bounds on
 * what is in flight, the transactions of exactly-once delivery, and the dead letters.
 */
package io.pickaroon.connectors.kafka.send;
