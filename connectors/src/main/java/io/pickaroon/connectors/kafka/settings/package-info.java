/**
 * What a user decides about the Kafka sink: the brokers, the topic of each rule, the delivery guarantee, and what
 * becomes of records that the brokers refuse. Immutable values without a client behind them.
 */
package io.pickaroon.connectors.kafka.settings;
