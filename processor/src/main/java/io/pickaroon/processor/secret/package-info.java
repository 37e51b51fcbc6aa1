/** Secrets that rules of others find, each by an expression, with what these rules say is no secret. Knows no files, and no formats of rules. */
package io.pickaroon.processor.secret;
