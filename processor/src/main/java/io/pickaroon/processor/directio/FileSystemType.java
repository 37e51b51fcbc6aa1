package io.pickaroon.processor.directio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The file systems that behave in a way of their own.
 *
 * <p>Numbers are {@code f_type} of {@code statfs(2)}, from Linux {@code include/uapi/linux/magic.h} and, where they are not
 * there, from {@code statfs(2)}.
 */
public enum FileSystemType {
    OVERLAY(0x794c7630L, "overlayfs", true),
    TMPFS(0x01021994L, "tmpfs", true),
    NFS(0x6969L, "NFS", false),
    SMB2(0xfe534d42L, "SMB", false),
    CIFS(0xff534d42L, "SMB", false),
    FUSE(0x65735546L, "FUSE", false),
    V9FS(0x01021997L, "9p", false),
    CEPH(0x00c36400L, "CephFS", false),
    AFS(0x5346414fL, "AFS", false),
    LUSTRE(0x0bd00bd0L, "Lustre", false),
    GFS2(0x01161970L, "GFS2", false),
    OCFS2(0x7461636fL, "OCFS2", false),
    GPFS(0x47504653L, "GPFS", false),
    VBOXSF(0x786f4256L, "a folder shared by VirtualBox", false),
    CODA(0x73757245L, "Coda", false),
    BEEGFS(0x19830326L, "BeeGFS", false),
    ORANGEFS(0x20030528L, "OrangeFS", false),
    PROC(0x9fa0L, "procfs", false),
    SYSFS(0x62656572L, "sysfs", false),
    /** It does not tell, which no local one does. */
    UNKNOWN(-1, "a file system that does not say what it is", false),
    /** Any other file system; it behaves like a local one. */
    OTHER(0, "a local file system", true);

    private static final int STATFS_BYTES = 256;

    private final long number;
    private final String title;
    private final boolean reportsAllChanges;

    FileSystemType(long number, String title, boolean reportsAllChanges) {
        this.number = number;
        this.title = title;
        this.reportsAllChanges = reportsAllChanges;
    }

    static FileSystemType ofNumber(long number) {
        return Arrays.stream(values())
                .filter(type -> type.number == number)
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * The file system of the file or directory that the path leads to.
     *
     * @throws NoSuchFileException if there is nothing
     * @throws SystemCallException if the call fails
     */
    public static FileSystemType of(Path path) throws IOException {
        try (PinnedFile file = PinnedFile.of(path)) {
            return file.fileSystem();
        }
    }

    /** The file system of an open file; {@link #UNKNOWN} if the call fails. */
    static FileSystemType ofOpen(SystemCalls calls, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(STATFS_BYTES, Long.BYTES);
            return SystemCalls.uninterrupted(() -> calls.fstatfs(fd, struct.address())) < 0
                    ? UNKNOWN
                    : ofNumber(struct.get(ValueLayout.JAVA_LONG, 0) & 0xffff_ffffL);
        }
    }

    /**
     * True if inotify reports every change: false where other machines or programs can write unnoticed by the kernel.
     */
    public boolean reportsAllChanges() {
        return reportsAllChanges;
    }

    /**
     * True if other machines, or a program of this one, keep the files: a read may fail and succeed later, and a write of a
     * few bytes may write more than those. Of GlusterFS and others that are served by a program the kernel knows only FUSE.
     */
    public boolean isRemote() {
        return !reportsAllChanges && !equals(PROC) && !equals(SYSFS);
    }

    /** Its usual name. */
    @Override
    public String toString() {
        return title;
    }
}
