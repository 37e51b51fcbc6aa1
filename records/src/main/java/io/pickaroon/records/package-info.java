/**
 * What a consumer gets of a record: texts made by templates, fields read from its bytes, the time that it tells. Works on byte
 * arrays; knows no files, no engine and no destination.
 */
package io.pickaroon.records;
