/*
 * A file system in user space that passes everything on to a directory, and fails as a control file says:
 *
 *     faultfs DIRECTORY MOUNTPOINT CONTROL [DIRECT]
 *
 * CONTROL holds words of the form NAME=NUMBER, read at each call:
 *
 *     read=5 every=3     each third read fails with this errno
 *     stat=116           each status of a file or directory fails
 *     open=5             each open of a file fails
 *     list=5             each listing of a directory fails
 *     short=100          a read returns at most so many bytes
 *
 * With DIRECT=1 the kernel's page cache is passed by, so that short reads reach the reader as they are.
 */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[PATH_MAX];
static char control[PATH_MAX];
static int direct;
static atomic_long calls;

static long wanted(const char *name, long otherwise) {
    char text[512] = " ";
    char key[32];
    FILE *file = fopen(control, "r");
    if (!file) return otherwise;
    size_t length = fread(text + 1, 1, sizeof text - 2, file);
    fclose(file);
    text[length + 1] = 0;
    snprintf(key, sizeof key, " %s=", name);
    char *found = strstr(text, key);
    return found ? atol(found + strlen(key)) : otherwise;
}

static int fault(const char *name) {
    long number = wanted(name, 0);
    return number && ++calls % wanted("every", 1) == 0 ? (int) -number : 0;
}

static void real(const char *path, char *target) {
    snprintf(target, PATH_MAX, "%s%s", root, path);
}

static int result(long value) {
    return value < 0 ? -errno : (int) value;
}

static void *begin(struct fuse_conn_info *connection, struct fuse_config *config) {
    (void) connection;
    config->use_ino = 1;
    config->attr_timeout = config->entry_timeout = config->negative_timeout = 0;
    config->hard_remove = 1;
    return NULL;
}

static int status(const char *path, struct stat *target, struct fuse_file_info *info) {
    int failed = fault("stat");
    if (failed) return failed;
    if (info) return result(fstat((int) info->fh, target));
    char there[PATH_MAX];
    real(path, there);
    return result(lstat(there, target));
}

static int open_file(const char *path, struct fuse_file_info *info) {
    int failed = fault("open");
    if (failed) return failed;
    char there[PATH_MAX];
    real(path, there);
    int opened = open(there, info->flags & ~O_NOFOLLOW);
    info->fh = (uint64_t) opened;
    info->direct_io = direct;
    return opened < 0 ? -errno : 0;
}

static int create_file(const char *path, mode_t mode, struct fuse_file_info *info) {
    char there[PATH_MAX];
    real(path, there);
    int opened = open(there, info->flags, mode);
    info->fh = (uint64_t) opened;
    info->direct_io = direct;
    return opened < 0 ? -errno : 0;
}

static int read_file(const char *path, char *target, size_t size, off_t offset, struct fuse_file_info *info) {
    (void) path;
    int failed = fault("read");
    if (failed) return failed;
    size_t most = (size_t) wanted("short", LONG_MAX);
    return result(pread((int) info->fh, target, size < most ? size : most, offset));
}

static int write_file(const char *path, const char *source, size_t size, off_t offset, struct fuse_file_info *info) {
    (void) path;
    return result(pwrite((int) info->fh, source, size, offset));
}

static int release_file(const char *path, struct fuse_file_info *info) {
    (void) path;
    return result(close((int) info->fh));
}

static int sync_file(const char *path, int data, struct fuse_file_info *info) {
    (void) path;
    (void) data;
    return result(fdatasync((int) info->fh));
}

static int truncate_file(const char *path, off_t size, struct fuse_file_info *info) {
    if (info) return result(ftruncate((int) info->fh, size));
    char there[PATH_MAX];
    real(path, there);
    return result(truncate(there, size));
}

static int list(const char *path, void *target, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
        enum fuse_readdir_flags flags) {
    (void) offset;
    (void) info;
    (void) flags;
    int failed = fault("list");
    if (failed) return failed;
    char there[PATH_MAX];
    real(path, there);
    DIR *directory = opendir(there);
    if (!directory) return -errno;
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        struct stat known = {.st_ino = entry->d_ino, .st_mode = (mode_t) (entry->d_type << 12)};
        if (fill(target, entry->d_name, &known, 0, 0)) break;
    }
    closedir(directory);
    return 0;
}

static int remove_file(const char *path) {
    char there[PATH_MAX];
    real(path, there);
    return result(unlink(there));
}

static int rename_file(const char *from, const char *to, unsigned flags) {
    char there[PATH_MAX];
    char then[PATH_MAX];
    if (flags) return -EINVAL;
    real(from, there);
    real(to, then);
    return result(rename(there, then));
}

int main(int count, char **words) {
    if (count < 4 || !realpath(words[1], root) || !realpath(words[3], control)) {
        fprintf(stderr, "usage: %s DIRECTORY MOUNTPOINT CONTROL [DIRECT]\n", words[0]);
        return 2;
    }
    direct = count > 4 && atoi(words[4]);
    static const struct fuse_operations operations = {
        .init = begin,
        .getattr = status,
        .open = open_file,
        .create = create_file,
        .read = read_file,
        .write = write_file,
        .release = release_file,
        .fsync = sync_file,
        .truncate = truncate_file,
        .readdir = list,
        .unlink = remove_file,
        .rename = rename_file,
    };
    char *options[] = {words[0], "-f", "-o", "default_permissions,fsname=faultfs,subtype=faultfs", words[2], NULL};
    return fuse_main(5, options, &operations, NULL);
}
