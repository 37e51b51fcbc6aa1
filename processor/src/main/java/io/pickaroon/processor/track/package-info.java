/**
 * Which inode stands behind which name: files are found again after they are renamed, in whatever order directory scans and
 * reports of the kernel come. Reads no content.
 */
package io.pickaroon.processor.track;
