/**
 * What a destination promises and what the engine asks of it: windows are handed to a {@link MatchSink} in the order of the
 * file, and acknowledged in that order.
 */
package io.pickaroon.processor.delivery;
