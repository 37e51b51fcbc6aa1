/**
 * What is counted and shown: the ledger of a run, the figures of inputs, rules and files. Counts never decide anything.
 */
package io.pickaroon.processor.metrics;
