package io.pickaroon.app.configuration;

import io.pickaroon.processor.scan.RecordParser;

/** STUB until the parsers are merged. */
final class FieldsOfRecords {
    static final RecordParser JSON = new io.pickaroon.processor.scan.RegexRecordParser("(?<stub>.)");
    static final RecordParser LOGFMT = JSON;

    private FieldsOfRecords() {}
}
