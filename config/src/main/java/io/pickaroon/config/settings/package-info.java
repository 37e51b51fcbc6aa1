/**
 * The settings as immutable records, with every default filled in, and the two checks that the program adds to those of this
 * module. Knows no YAML.
 */
package io.pickaroon.config.settings;
