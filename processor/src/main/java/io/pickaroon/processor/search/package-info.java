/**
 * Bytes in bytes: needles, and the loops that find them with vectors and without. The only package that uses the Vector API.
 * Knows neither files nor records; searching allocates nothing.
 */
package io.pickaroon.processor.search;
