/** Finds secrets and personal data of known forms in bytes, and says what of them a mask hides. Knows no files. */
package io.pickaroon.processor.detect;
