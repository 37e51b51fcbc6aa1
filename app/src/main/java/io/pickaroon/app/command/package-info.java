/**
 * What all commands share: options, the version, the last message, and the clean end on a signal.
 */
package io.pickaroon.app.command;
