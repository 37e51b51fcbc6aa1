/**
 * Reads a configuration, refuses what cannot be run, and turns it into inputs, rules and sinks of the engine.
 */
package io.pickaroon.app.configuration;
