/**
 * How a file is cut into splits, which task owns one, and the offset that is committed for it. Values and codecs; opens no
 * file.
 */
package io.pickaroon.connect.split;
