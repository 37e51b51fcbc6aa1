/** The command that checks audit trails and sums them up. */
package io.pickaroon.app.audit;
