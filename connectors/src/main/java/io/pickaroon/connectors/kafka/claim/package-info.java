/**
 * Who may use which name at a Kafka cluster: claims, and the decision that a start makes of them. Pure: no client, no clock, no
 * file is touched here.
 */
package io.pickaroon.connectors.kafka.claim;
