/** Which files the inputs have: one look for all tasks of a worker. Opens no file. */
package io.pickaroon.connect.listing;
