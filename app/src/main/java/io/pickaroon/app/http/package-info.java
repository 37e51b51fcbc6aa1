/**
 * The HTTP port of a run: metrics, health and status, to read only.
 */
package io.pickaroon.app.http;
