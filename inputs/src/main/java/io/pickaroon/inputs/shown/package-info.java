/**
 * The engine's matches as records that may be shown, the names of what is said beside them, and what is said once of those that
 * lack something. For every destination.
 */
package io.pickaroon.inputs.shown;
