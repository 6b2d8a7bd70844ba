package org.scibert.training.encoder;

/** Hears how a download goes. Called often, on the thread that downloads; should return quickly. */
public interface DownloadListener {
    /** Hears nothing. */
    DownloadListener SILENT = new DownloadListener() {
        @Override
        public void progress(String file, long bytes, long total) {}

        @Override
        public void message(String text) {}
    };

    /**
     * Bytes of a file that are on disk; a resumed download starts above 0, one begun anew falls back to 0.
     *
     * @param file the name in the repository, for example {@code model.safetensors}
     * @param bytes from 0 to {@code total}, both included
     * @param total the file's size in bytes
     */
    void progress(String file, long bytes, long total);

    /** Something a person should know: a lost connection, a copy from the cache in place of the hub's. */
    void message(String text);
}
