/**
 * A real single-node Kafka broker in a process of its own, for the demo and for tests: its options, its data directory,
 * its ports, and the node. It depends on no other module of Pickaroon.
 */
package io.pickaroon.devbroker;
