/**
 * {@code pickaroon dev-broker}: runs a Kafka on this machine, in a process of its own.
 */
package io.pickaroon.app.devbroker;
