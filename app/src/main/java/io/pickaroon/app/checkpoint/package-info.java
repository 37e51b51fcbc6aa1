/**
 * {@code pickaroon checkpoint}: shows and checks a checkpoint, and changes one that no run is using.
 */
package io.pickaroon.app.checkpoint;
