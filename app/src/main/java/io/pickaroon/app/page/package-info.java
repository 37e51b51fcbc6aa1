/** What pages have in common that are written to files: how they look, text in them, and maps of files. */
package io.pickaroon.app.page;
