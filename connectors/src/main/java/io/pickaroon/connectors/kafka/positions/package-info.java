/**
 * The positions topic: how far each file is delivered, kept in Kafka in the same transaction as the records. Here
 * are the form of its records, the client that reads them, and what each transaction writes.
 */
package io.pickaroon.connectors.kafka.positions;
