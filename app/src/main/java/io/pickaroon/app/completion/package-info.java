/**
 * {@code pickaroon completion}: prints the script with which a shell completes commands and options.
 */
package io.pickaroon.app.completion;
