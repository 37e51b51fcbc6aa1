/**
 * A Kafka broker for demos, benchmarks and tests: a child process that runs one, and two small clients that make
 * its topics and read them. No sink uses this package.
 */
package io.pickaroon.connectors.broker;
