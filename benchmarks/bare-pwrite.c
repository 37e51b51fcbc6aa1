/* The floor of a checkpoint commit: writes BYTES at 0 and BYTES in turn with O_DIRECT | O_DSYNC, and prints how long the
   median write took, in microseconds.

   usage: bare-pwrite FILE BYTES WRITES       BYTES a multiple of 4096; the file is made, and removed at the end */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "usage: bare-pwrite FILE BYTES WRITES\n");
        return 2;
    }
    size_t bytes = strtoul(arguments[2], NULL, 10);
    int writes = atoi(arguments[3]);
    double *micros = malloc(writes * sizeof *micros);
    char *block = aligned_alloc(4096, bytes);
    int file = open(arguments[1], O_RDWR | O_CREAT | O_EXCL | O_DIRECT | O_DSYNC, 0600);
    if (file < 0 || !block || !micros) {
        perror(arguments[1]);
        return 1;
    }
    for (int i = -2; i < writes; i++) {
        struct timespec before, after;
        memset(block, i, bytes);
        clock_gettime(CLOCK_MONOTONIC, &before);
        if (pwrite(file, block, bytes, (i & 1) * bytes) != (ssize_t)bytes) {
            perror("pwrite");
            return 1;
        }
        clock_gettime(CLOCK_MONOTONIC, &after);
        if (i >= 0) {
            micros[i] = (after.tv_sec - before.tv_sec) * 1e6 + (after.tv_nsec - before.tv_nsec) / 1e3;
        }
    }
    unlink(arguments[1]);
    qsort(micros, writes, sizeof *micros, by_size);
    printf("%.1f\n", micros[writes / 2]);
    return 0;
}
