/**
 * Reads a configuration, refuses what cannot be run, and makes the sinks of a run.
 */
package io.pickaroon.app.configuration;
