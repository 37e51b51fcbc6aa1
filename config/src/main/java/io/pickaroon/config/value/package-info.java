/**
 * From YAML nodes to checked values: keys, sections, lists, numbers, texts, and the variables in them. Knows no key of the
 * settings.
 */
package io.pickaroon.config.value;
