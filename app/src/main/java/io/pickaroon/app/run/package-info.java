/**
 * {@code pickaroon run}: runs a configuration, follows its changes, and reports to systemd.
 */
package io.pickaroon.app.run;
