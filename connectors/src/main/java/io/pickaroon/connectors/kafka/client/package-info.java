/**
 * The Kafka clients as Pickaroon configures them: their properties, the checks of those a user gives, what their
 * errors mean and what a person has to do about them, and the secrets that no message may hold.
 */
package io.pickaroon.connectors.kafka.client;
