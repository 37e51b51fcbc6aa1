/** A task of a connector: the splits that are its own, from the look at a file to the records of a poll. */
package io.pickaroon.connect.task;
