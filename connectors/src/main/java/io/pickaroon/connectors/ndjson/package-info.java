/**
 * Matches as JSON, one object a line: the sink that appends them to a file or writes them to a stream, the form
 * of the objects, and the ids of matches. The Kafka sink uses the form, the ids and the file for its JSON values
 * and its dead letters.
 */
package io.pickaroon.connectors.ndjson;
