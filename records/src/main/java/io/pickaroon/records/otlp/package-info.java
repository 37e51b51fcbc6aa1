/**
 * Log records in the protobuf of OTLP. The only package that knows the classes of OpenTelemetry and protobuf, which are not
 * loaded unless a rule has the format {@code otlp}.
 */
package io.pickaroon.records.otlp;
