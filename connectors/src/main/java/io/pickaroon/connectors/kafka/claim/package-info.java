/**
 * Which checkpoint may use which instance name at a Kafka cluster: claims, their form in the positions topic, and
 * the decision that a start makes of them. Pure: no class here has a client or a clock, or opens a file.
 */
package io.pickaroon.connectors.kafka.claim;
