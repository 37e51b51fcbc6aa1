/**
 * {@code pickaroon positions}: lists and removes what instances keep in Kafka.
 */
package io.pickaroon.app.positions;
