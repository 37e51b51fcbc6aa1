/**
 * How a command fails: exit codes, what the user got wrong, and the one message for each.
 */
package io.pickaroon.app.error;
