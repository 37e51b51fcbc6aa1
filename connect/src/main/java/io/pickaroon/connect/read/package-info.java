/** Reads one split of an open file. */
package io.pickaroon.connect.read;
