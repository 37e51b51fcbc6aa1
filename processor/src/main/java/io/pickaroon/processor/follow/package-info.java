/**
 * Files that are followed while they grow, are rotated, truncated and deleted. Each has turns, one at a time, which a scheduler
 * gives it.
 */
package io.pickaroon.processor.follow;
