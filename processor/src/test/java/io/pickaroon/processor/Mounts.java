package io.pickaroon.processor;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** File systems that a test mounts, where it may; unmounted when it ends. Where it may not, the test is skipped and says why. */
public final class Mounts implements AutoCloseable {
    private final Path directory;
    private final Deque<List<String>> undo = new ArrayDeque<>();

    /** @param directory where mount points and layers are made */
    public Mounts(Path directory) {
        this.directory = directory;
    }

    public Path lower() {
        return directory.resolve("lower");
    }

    /** An overlay over {@link #lower}, which exists already. Each call mounts the same upper layer. */
    public Path overlay() throws IOException {
        Path merged = Files.createDirectories(directory.resolve("merged"));
        String layers = "lowerdir=%s,upperdir=%s,workdir=%s"
                .formatted(
                        lower(),
                        Files.createDirectories(directory.resolve("upper")),
                        Files.createDirectories(directory.resolve("work")));
        require("mount", "-t", "overlay", "overlay", "-o", layers, merged.toString());
        undo.push(List.of("umount", merged.toString()));
        return merged;
    }

    public Path bind(Path from) throws IOException {
        Path point = Files.createDirectories(directory.resolve("bound"));
        require("mount", "--bind", from.toString(), point.toString());
        undo.push(List.of("umount", point.toString()));
        return point;
    }

    /** An image of an ext4 file system. */
    public Path image() throws IOException {
        Path image = directory.resolve("image");
        require("truncate", "-s", "16M", image.toString());
        require("mkfs.ext4", "-q", "-I", "256", image.toString());
        return image;
    }

    /** The image on a loop device of its own. */
    public Path attach(Path image, String mountPoint) throws IOException {
        String device = require("losetup", "--find", "--show", image.toString());
        undo.push(List.of("losetup", "--detach", device));
        Path point = Files.createDirectories(directory.resolve(mountPoint));
        require("mount", device, point.toString());
        undo.push(List.of("umount", point.toString()));
        return point;
    }

    /** Takes a loop device that is free now, so that the next image gets another one. */
    public void occupyLoopDevice() throws IOException {
        Path other = directory.resolve("other");
        require("truncate", "-s", "1M", other.toString());
        undo.push(List.of("losetup", "--detach", require("losetup", "--find", "--show", other.toString())));
    }

    public void unmountAll() throws IOException {
        while (!undo.isEmpty()) {
            run(undo.pop());
        }
    }

    private static String require(String... command) throws IOException {
        Result result = run(List.of(command));
        assumeThat(result.exitCode())
                .as("%s works here: %s", String.join(" ", command), result.output())
                .isZero();
        return result.output().strip();
    }

    private record Result(int exitCode, String output) {}

    private static Result run(List<String> command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (IOException noSuchProgram) {
            return new Result(127, noSuchProgram.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        unmountAll();
    }
}
