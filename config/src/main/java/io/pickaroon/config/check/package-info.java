/** What the engine and Kafka's clients say of settings, so that this module can tell it with its place and knows neither. */
package io.pickaroon.config.check;
