/**
 * {@code pickaroon status}: asks a running process how it is doing.
 */
package io.pickaroon.app.status;
