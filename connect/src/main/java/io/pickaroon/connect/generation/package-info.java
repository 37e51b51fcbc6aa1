/**
 * Which generation of a file is open. A file system gives inode numbers again, and files are truncated: offsets mean other
 * content then, in another generation. The owners of different splits, on different hosts, agree on it through the committed
 * offsets alone.
 */
package io.pickaroon.connect.generation;
