/**
 * What a rule emits: {@link io.pickaroon.records.emit.RecordForm} is the compiled form, and renders topic, key, headers,
 * timestamp and value of one record after the other. It sees a record as it may be shown, with all masks applied, and never
 * parses it.
 */
package io.pickaroon.records.emit;
