/**
 * The files of the inputs: patterns, discovery, and which files are outputs and are never read.
 */
package io.pickaroon.inputs.discovery;
