/**
 * {@code pickaroon check}: is a configuration valid, and which files has it?
 */
package io.pickaroon.app.check;
