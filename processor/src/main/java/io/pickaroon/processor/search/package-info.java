/**
 * Bytes in bytes: needles, and the loops that find them with libc's memchr, with vectors and
 * without. The only package that uses the Vector API and calls native functions to search.
 * Knows neither files nor records; searching allocates nothing.
 */
package io.pickaroon.processor.search;
