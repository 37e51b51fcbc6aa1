/**
 * {@code pickaroon verify}: whether what was delivered is in its topics, and what was masked still is.
 */
package io.pickaroon.app.verify;
