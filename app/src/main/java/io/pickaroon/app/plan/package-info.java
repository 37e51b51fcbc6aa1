/**
 * {@code pickaroon plan}: what a run would do, as text, page and file, and whether a run has done what was planned.
 */
package io.pickaroon.app.plan;
