package org.scibert.training.encoder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.scibert.io.AtomicFiles;
import org.scibert.io.Text;
import org.scibert.training.encoder.HubClient.RemoteFile;

/**
 * A repository on a hub and its copy in the cache: {@code CACHE/hub/OWNER--NAME/COMMIT/}, and {@code refs/REVISION}
 * with the commit that a branch or tag had when the hub was last asked.
 *
 * <p>A commit's folder appears with all its files in it; until then they gather in {@code COMMIT.partial}.
 */
final class HubRepository {
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final HubSpec spec;
    private final EncoderOptions options;
    private final HubClient client;
    private final HubRetry retry;
    private final Path folder;

    /**
     * All files of the repository at one commit.
     *
     * @param commit 40 hexadecimal digits
     * @param folder with the files
     */
    record Snapshot(String commit, Path folder) {}

    HubRepository(HubSpec spec, EncoderOptions options) {
        this.spec = spec;
        this.options = options;
        this.client = new HubClient(spec, options);
        this.retry = new HubRetry(options);
        this.folder = options.cache().resolve("hub").resolve(spec.owner() + "--" + spec.name());
    }

    /**
     * Returns the files of an encoder, downloaded unless the cache has them.
     *
     * <p>A pinned revision in the cache needs no network. Any other is looked up first; if the hub can't be reached,
     * the commit of the last time is taken. Several processes may share a cache, several threads of one may not.
     */
    Snapshot snapshot() throws IOException {
        if (spec.pinned() && Files.isDirectory(folder.resolve(spec.revision()))) {
            return new Snapshot(spec.revision(), folder.resolve(spec.revision()));
        }
        RemoteFile config;
        try {
            config = required(spec.revision(), List.of(EncoderFolder.CONFIG));
        } catch (HubRetry.UnreachableException e) {
            return remembered(e);
        }
        Snapshot snapshot = new Snapshot(config.commit(), folder.resolve(config.commit()));
        if (!Files.isDirectory(snapshot.folder())) {
            download(config, snapshot);
        }
        remember(snapshot);
        return snapshot;
    }

    private void download(RemoteFile config, Snapshot snapshot) throws IOException {
        String commit = snapshot.commit();
        Path lock = Files.createDirectories(folder).resolve(commit + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Another process may be at it, and be done when the lock is ours. The channel's end releases it.
            channel.lock();
            if (Files.isDirectory(snapshot.folder())) {
                return;
            }
            Path partial = Files.createDirectories(folder.resolve(commit + ".partial"));
            HubDownload download = new HubDownload(client, retry, options.listener(), SILENCE);
            download.fetch(config, partial);
            download.fetch(required(commit, EncoderFolder.VOCABULARY), partial);
            Optional<RemoteFile> tokenizerConfig = find(commit, EncoderFolder.TOKENIZER_CONFIG);
            if (tokenizerConfig.isPresent()) {
                download.fetch(tokenizerConfig.get(), partial);
            }
            RemoteFile weights = required(commit, EncoderFolder.WEIGHTS);
            download.fetch(weights, partial);
            Path index = partial.resolve(weights.name());
            if (EncoderFolder.isIndex(index)) {
                for (String shard : ShardedWeights.shards(index)) {
                    download.fetch(required(commit, List.of(shard)), partial);
                }
            }
            Files.move(partial, snapshot.folder(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private RemoteFile required(String revision, List<String> names) throws IOException {
        for (String name : names) {
            Optional<RemoteFile> file = find(revision, name);
            if (file.isPresent()) {
                return file.get();
            }
        }
        throw new EncoderException(Text.format(
                "%s has no %s; check owner, name and revision, and that it is BERT for PyTorch",
                spec, String.join(" or ", names)));
    }

    private Optional<RemoteFile> find(String revision, String name) throws IOException {
        return retry.run(Text.format("looking for %s of %s", name, spec), () -> 0, () -> client.find(revision, name));
    }

    private void remember(Snapshot snapshot) throws IOException {
        if (!spec.pinned()) {
            Path refs = Files.createDirectories(folder.resolve("refs"));
            AtomicFiles.write(refs.resolve(spec.revision()), snapshot.commit());
        }
    }

    private Snapshot remembered(HubRetry.UnreachableException unreachable) throws IOException {
        Path ref = folder.resolve("refs").resolve(spec.revision());
        if (!Files.exists(ref)) {
            throw unreachable;
        }
        String commit = Files.readString(ref);
        if (!HubSpec.isCommit(commit) || !Files.isDirectory(folder.resolve(commit))) {
            throw unreachable;
        }
        options.listener().message(Text.format("%s: the hub can't be reached, the copy of commit %s in %s is used (%s)",
                spec, commit, folder, unreachable.getMessage()));
        return new Snapshot(commit, folder.resolve(commit));
    }
}
