/**
 * The files of the inputs: patterns, discovery, which of them may be changed, and which are outputs and are never read.
 */
package io.pickaroon.app.input;
