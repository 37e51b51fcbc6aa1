/**
 * A source connector of Kafka Connect. Its tasks read files of a shared storage, cut into splits, and send the records that
 * match to the cluster of the worker, each once.
 */
package io.pickaroon.connect;
