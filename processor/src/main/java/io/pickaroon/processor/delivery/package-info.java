/**
 * What a destination promises and what the engine expects of it: a {@link MatchSink} receives windows in the order of
 * the file, and acknowledges each when it is durable.
 */
package io.pickaroon.processor.delivery;
