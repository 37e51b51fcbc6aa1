/**
 * The program: where it starts, the tree of its commands, and the rehearsal that fills the start-up cache. Each command has a
 * package of its own; commands do not know one another.
 */
package io.pickaroon.app;
