/**
 * The content that the program can decode: the formats of the engine, and Zstandard.
 */
package io.pickaroon.inputs.decode;
