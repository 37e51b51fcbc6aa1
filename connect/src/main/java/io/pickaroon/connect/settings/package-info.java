/** What a connector is configured with, what is refused in it, and which offsets a person may set. Opens no file. */
package io.pickaroon.connect.settings;
