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

/**
 * A repository on a hub and what is kept of it: {@code CACHE/hub/OWNER--NAME/COMMIT/}, and {@code refs/REVISION} with
 * the commit that a branch or tag stood for when it was last asked.
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

    HubRepository(HubSpec spec, EncoderOptions options) {
        this.spec = spec;
        this.options = options;
        this.client = new HubClient(spec, options);
        this.retry = new HubRetry(options);
        this.folder = options.cache().resolve("hub").resolve(spec.owner() + "--" + spec.name());
    }

    /**
     * The files of an encoder, fetched unless they are there.
     *
     * <p>A pinned revision that is there needs no network; any other is looked up first, and if the hub can't be
     * reached, taken as it was the last time. Several processes may share a cache, several threads of one may not.
     */
    HubSnapshot snapshot() throws IOException {
        if (spec.pinned() && Files.isDirectory(folder.resolve(spec.revision()))) {
            return new HubSnapshot(spec.revision(), folder.resolve(spec.revision()));
        }
        HubFile config;
        try {
            config = required(spec.revision(), List.of(EncoderFolder.CONFIG));
        } catch (HubUnreachableException e) {
            return remembered(e);
        }
        HubSnapshot snapshot = new HubSnapshot(config.commit(), folder.resolve(config.commit()));
        if (!Files.isDirectory(snapshot.folder())) {
            download(config, snapshot);
        }
        remember(snapshot);
        return snapshot;
    }

    private void download(HubFile config, HubSnapshot snapshot) throws IOException {
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
            Optional<HubFile> tokenizerConfig = find(commit, EncoderFolder.TOKENIZER_CONFIG);
            if (tokenizerConfig.isPresent()) {
                download.fetch(tokenizerConfig.get(), partial);
            }
            download.fetch(required(commit, EncoderFolder.WEIGHTS), partial);
            Files.move(partial, snapshot.folder(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private HubFile required(String revision, List<String> names) throws IOException {
        for (String name : names) {
            Optional<HubFile> file = find(revision, name);
            if (file.isPresent()) {
                return file.get();
            }
        }
        throw new EncoderException("%s has no %s; check owner, name and revision, and that it is BERT for PyTorch"
                .formatted(spec, String.join(" or ", names)));
    }

    private Optional<HubFile> find(String revision, String name) throws IOException {
        return retry.run("looking for %s of %s".formatted(name, spec), () -> 0, () -> client.find(revision, name));
    }

    private void remember(HubSnapshot snapshot) throws IOException {
        if (!spec.pinned()) {
            Path refs = Files.createDirectories(folder.resolve("refs"));
            Path part = Files.createTempFile(refs, spec.revision(), ".part");
            Files.writeString(part, snapshot.commit());
            Files.move(part, refs.resolve(spec.revision()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private HubSnapshot remembered(HubUnreachableException unreachable) throws IOException {
        Path ref = folder.resolve("refs").resolve(spec.revision());
        if (!Files.exists(ref)) {
            throw unreachable;
        }
        String commit = Files.readString(ref);
        if (!HubSpec.isCommit(commit) || !Files.isDirectory(folder.resolve(commit))) {
            throw unreachable;
        }
        options.listener().message("%s: the hub can't be reached, the copy of commit %s in %s is used (%s)"
                .formatted(spec, commit, folder, unreachable.getMessage()));
        return new HubSnapshot(commit, folder.resolve(commit));
    }
}
