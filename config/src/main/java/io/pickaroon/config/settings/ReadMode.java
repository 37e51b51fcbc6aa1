package io.pickaroon.config.settings;

/** What a connector may take for granted of the files of an input. */
public enum ReadMode {
    /** They may still grow: what follows the last delimiter is no record yet. */
    GROWING,
    /** They never change again: what follows the last delimiter is the last record. */
    COMPLETE
}
