/**
 * {@code pickaroon replay}: sends again what was sent.
 */
package io.pickaroon.app.replay;
