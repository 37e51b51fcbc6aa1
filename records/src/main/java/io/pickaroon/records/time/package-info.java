/**
 * Times in records: read strictly, by formats of ISO 8601 and patterns of Java, and written in UTC. Works on byte arrays.
 */
package io.pickaroon.records.time;
