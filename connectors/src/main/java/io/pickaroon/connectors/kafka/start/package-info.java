/**
 * The start of a session with exactly-once delivery: it decides on the instance name, stops earlier writers of
 * that name, ends what they left open, reads the positions they reached, and claims the name.
 */
package io.pickaroon.connectors.kafka.start;
