/**
 * {@code pickaroon scan}: prints or counts the records of files that match, and changes nothing.
 */
package io.pickaroon.app.scan;
