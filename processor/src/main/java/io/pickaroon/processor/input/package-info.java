/**
 * What a run reads, and how: inputs with their rules, and the settings of a run. Immutable values.
 */
package io.pickaroon.processor.input;
