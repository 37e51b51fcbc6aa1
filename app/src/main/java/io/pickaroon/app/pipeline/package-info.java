/**
 * One run of the engine with a configuration, from its checkpoint to its sink, and how it is stopped.
 */
package io.pickaroon.app.pipeline;
