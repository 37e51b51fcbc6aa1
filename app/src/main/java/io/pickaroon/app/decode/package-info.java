/** Files that are decoded while they are read: archives. */
package io.pickaroon.app.decode;
