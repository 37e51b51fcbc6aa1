/** From the bytes of a file to a YAML tree whose nodes have a line and a column. Knows no key of the settings. */
package io.pickaroon.config.yaml;
