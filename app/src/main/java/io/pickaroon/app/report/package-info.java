/**
 * What was done and how a run is doing, in words, tables and JSON. Nothing here changes anything.
 */
package io.pickaroon.app.report;
