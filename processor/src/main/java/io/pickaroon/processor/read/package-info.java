/**
 * A cursor over the windows of one file: where it starts, and how far it has come.
 */
package io.pickaroon.processor.read;
