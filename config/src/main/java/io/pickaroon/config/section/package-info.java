/** The keys of each section of the file with types, bounds and defaults, and how a section becomes its settings. */
package io.pickaroon.config.section;
