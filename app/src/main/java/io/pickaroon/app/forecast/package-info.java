/**
 * What a run would do: the engine at work, with nothing sent and nothing written.
 */
package io.pickaroon.app.forecast;
