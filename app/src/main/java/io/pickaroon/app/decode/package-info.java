/** Files that are decoded while they are read: archives, and text in UTF-16. */
package io.pickaroon.app.decode;
