/**
 * {@code pickaroon check}: is a configuration valid, which files has it, and what would it change in them?
 */
package io.pickaroon.app.check;
