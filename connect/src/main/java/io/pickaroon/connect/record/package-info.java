/**
 * What a match becomes in Connect: a source record with its topic, key, headers, time and offset, or a dead letter. Opens no
 * file and sends nothing.
 */
package io.pickaroon.connect.record;
