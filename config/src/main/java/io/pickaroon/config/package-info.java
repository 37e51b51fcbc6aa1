/**
 * Settings of a run: {@link SettingsReader} turns a YAML file into typed, checked records, or into all of its mistakes with
 * line and column. The packages below are its layers; callers need {@code settings}, {@code problem} and {@code glob}.
 */
package io.pickaroon.config;
