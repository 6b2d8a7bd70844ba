package org.scibert.training.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.scibert.io.FileTree;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.store.ObjectKey;
import org.scibert.store.ObjectNotFoundException;
import org.scibert.store.ObjectStore;
import org.scibert.store.ObjectStores;
import org.scibert.store.PatientStore;
import org.scibert.training.datacheck.DataCheck;
import org.scibert.training.records.DataException;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.Rows;
import org.scibert.training.rows.Splits;
import org.scibert.training.split.FileSplit;
import org.scibert.training.split.Folds;
import org.scibert.training.split.GroupedSplit;
import org.scibert.training.split.SplitRecord;

/** Files and folders of rows, wherever they are kept: on the disk, or in object storage. */
public final class DataFiles implements AutoCloseable {
    /** Rows are held in memory; a file beyond this is not one of labelled rows. */
    private static final long LARGEST = 2L << 30;

    private static final String S3 = "s3://";

    private final Map<String, String> environment;
    private final Consumer<String> notices;
    private Path folder;

    /**
     * @param environment for the store's options; usually {@link System#getenv()}
     * @param notices hears of a store that is away and waited for
     */
    public DataFiles(Map<String, String> environment, Consumer<String> notices) {
        this.environment = environment;
        this.notices = notices;
    }

    /**
     * Labelled rows.
     *
     * @param split how they were divided, if they are from one file
     */
    public record Labelled(Splits<Rows> rows, Optional<FileSplit> split) {

        /** Checks the rows, and tells what their division can show. */
        public DataCheck check(boolean dropLeaks, JobConfig.Labels labels) throws DataException {
            DataCheck check = DataCheck.of(rows, dropLeaks, labels.task(), labels.positive());
            return split.isEmpty()
                    ? check
                    : check.divided(split.get().rule(), split.get().folds().map(Folds::count).orElse(0));
        }
    }

    /**
     * Reads the rows of all splits, or divides those of one file; rows in object storage are fetched into a folder that
     * is deleted again.
     *
     * @param inService the split of the version in service, which counts unless the configuration names another
     */
    public static Labelled read(
            JobConfig.Data data, Optional<SplitRecord> inService, Map<String, String> environment,
            Consumer<String> notices)
            throws IOException {
        try (DataFiles files = new DataFiles(environment, notices)) {
            RowReader reader = new RowReader(data.reading(), data.policy().strict(), data.maxRows());
            if (data.oneFile().isEmpty()) {
                return new Labelled(reader.read(files.local(data.addresses())), Optional.empty());
            }
            if (data.folds() != 0) {
                Rows all = reader.read(files.local(data.addresses().train()));
                FileSplit split = FileSplit.of(all, Folds.of(all, data.folds()));
                return new Labelled(split.rows(), Optional.of(split));
            }
            Optional<SplitRecord> earlier = inService;
            if (data.oneFile().get().split().isPresent()) {
                earlier = Optional.of(SplitRecord.read(files.local(data.oneFile().get().split().get())));
            }
            FileSplit split = GroupedSplit.of(reader.read(files.local(data.addresses().train())), earlier);
            return new Labelled(split.rows(), Optional.of(split));
        }
    }

    /**
     * @param address a path; {@code s3://BUCKET/KEY}, or {@code s3://BUCKET/PREFIX/} for all objects under it, fetched
     *     into a folder that {@link #close} deletes; those that {@link ObjectKey} can't name are left out
     * @return a file; or a folder, if the path is one or a prefix was given
     * @throws org.scibert.store.StoreException if it can't be fetched
     */
    public Path local(String address) throws IOException {
        if (!address.startsWith(S3)) {
            return Path.of(address);
        }
        int slash = address.indexOf('/', S3.length());
        if (slash < 0 || slash == address.length() - 1) {
            throw new UsageException(
                    Text.format(
                            "\"%s\" names no object; give s3://BUCKET/KEY of one file of rows, or s3://BUCKET/PREFIX/"
                                    + " of many",
                            address));
        }
        String bucket = address.substring(0, slash);
        boolean many = address.endsWith("/");
        ObjectKey key = UsageException.checked(
                () -> new ObjectKey(address.substring(slash + 1, address.length() - (many ? 1 : 0))));
        if (folder == null) {
            folder = Files.createTempDirectory("rows");
        }
        Path target = folder.resolve(bucket.substring(S3.length()));
        try (ObjectStore store = open(bucket)) {
            List<ObjectKey> keys = many ? store.list(key) : List.of(key);
            if (keys.isEmpty()) {
                throw new DataException(Path.of(key.path()), Text.format(
                        "there are no objects under %s whose names are made of",
                        address) + " letters, digits, '.', '_' and '-'");
            }
            for (ObjectKey object : keys) {
                Path file = target.resolve(object.path());
                Files.createDirectories(file.getParent());
                store.download(object, file, LARGEST);
            }
        } catch (ObjectNotFoundException e) {
            throw many ? e : missing(address, bucket, key, e);
        }
        return target.resolve(key.path());
    }

    /** An object that is not there may be a prefix whose slash was forgotten. */
    private IOException missing(String address, String bucket, ObjectKey key, ObjectNotFoundException e)
            throws IOException {
        try (ObjectStore store = open(bucket)) {
            int under = store.list(key).size();
            return under == 0 ? e : new DataException(Path.of(key.path()),
                    Text.format("%s names no object; objects under it: %s. Write %s/ for all of them",
                            address, under, address));
        }
    }

    private ObjectStore open(String bucket) {
        ObjectStore store = UsageException.checked(() -> ObjectStores.open(bucket, environment));
        return new PatientStore(store, notices);
    }

    /** Returns the files or folders of all splits. */
    public Splits<Path> local(Splits<String> addresses) throws IOException {
        Path train = local(addresses.train());
        Path dev = local(addresses.dev());
        return addresses.test().isPresent()
                ? new Splits<>(train, dev, local(addresses.test().get()))
                : new Splits<>(train, dev);
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            FileTree.delete(folder);
        }
    }
}
