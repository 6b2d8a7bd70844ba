package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.scibert.io.FileTree;
import org.scibert.io.Text;
import org.scibert.release.Manifest;
import org.scibert.release.Releases;

/**
 * The publication of a finished release, which is kept on the disk if the store does not take it.
 *
 * @param cache folder under which it is kept
 */
record Publication(JobConfig.Target target, Path cache, Interruption interruption, JobListener listener) {

    /** @throws IOException if it is not published; it is kept then */
    Manifest of(Releases releases, Path folder) throws IOException {
        interruption.run();
        try {
            return releases.publish(folder);
        } catch (IOException | RuntimeException e) {
            keep(folder);
            throw e;
        }
    }

    private void keep(Path folder) {
        try {
            String version = Manifest.read(folder).version().toString();
            Path kept = cache.resolve("unpublished").resolve(target.name()).resolve(version);
            Files.createDirectories(kept);
            for (String file : FileTree.paths(folder)) {
                Files.move(folder.resolve(file), kept.resolve(file));
            }
            listener.noted(Text.format(
                    "the finished release is kept; publish it with: releases publish %s --store %s --name %s",
                    kept, target.store(), target.name()));
        } catch (IOException e) {
            listener.noted("the finished release can't be kept on the disk: " + e.getMessage());
        }
    }
}
