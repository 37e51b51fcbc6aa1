/**
 * The inputs and rules of a configuration as those of the engine, what rules emit, compiled, and what cannot be done of what a
 * configuration asks for.
 */
package io.pickaroon.inputs.rules;
