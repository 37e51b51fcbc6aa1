/**
 * The audit trail: one line for each change of a log file, chained by hashes, durable before the change. Knows no journal and no
 * checkpoint: these keep what it hands them.
 */
package io.pickaroon.processor.audit;
