/** JMH benchmarks of the scanner and of fixes; {@code benchmarks/jmh} runs them. */
package io.pickaroon.benchmarks;
