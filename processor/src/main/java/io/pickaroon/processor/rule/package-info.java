/**
 * What a rule asks of a record, takes from it and changes in it, compiled once for all threads; and the fields of records.
 * Knows neither windows of files nor how they are searched.
 */
package io.pickaroon.processor.rule;
