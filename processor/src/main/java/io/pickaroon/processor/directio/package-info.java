/**
 * Files as Linux really keeps them: direct and durable writes, the status that {@code statx(2)} gives, and locks that
 * end with the process. The only package that calls native code; everything else sees {@link BlockStore},
 * {@link BlockFile}, {@link FileStatus}, {@link PinnedFile}, {@link ExclusiveLock} and
 * {@link NotifySocket}.
 */
package io.pickaroon.processor.directio;
