/**
 * Which files of the inputs may be changed.
 */
package io.pickaroon.app.input;
