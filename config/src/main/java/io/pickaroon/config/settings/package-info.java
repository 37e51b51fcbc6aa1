/** The settings as immutable records, with every default filled in. Knows no YAML. */
package io.pickaroon.config.settings;
