/**
 * Times of records: which records of a file are within a range of time, and where in the file they can be.
 */
package io.pickaroon.processor.time;
