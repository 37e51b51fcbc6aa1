/**
 * Which inode stands behind which name: files are found again after they are renamed, in any order of directory scans and reports of
 * inotify. Reads no content.
 */
package io.pickaroon.processor.track;
