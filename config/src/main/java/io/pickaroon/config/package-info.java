/**
 * Settings of a run: {@link SettingsReader} turns a YAML file into typed, checked records, or into all of its mistakes with
 * line and column. The packages below are its layers; callers need {@code settings}, {@code problem}, {@code glob}
 * and, for a connector, {@code properties}.
 */
package io.pickaroon.config;
