package org.scibert.training.records;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.scibert.io.Text;

/** Tells whether a file is an Excel workbook, and refuses one that unpacks to more than any workbook does. */
final class Workbooks {
    /** A workbook of text unpacks to 5 to 20 times its size. */
    private static final int MOST_TIMES = 100;

    /** Bytes that every workbook may unpack to, however small it is. */
    private static final long ALWAYS_ALLOWED = 100L << 20;

    private Workbooks() {}

    /**
     * Whether the file is a zip archive with the parts of a workbook.
     *
     * @param head the beginning of the file
     * @throws DataException if it unpacks to more than 100 MB and more than 100 times its size
     */
    static boolean is(Path file, byte[] head) throws IOException {
        if (!new String(head, 0, Math.min(4, head.length), StandardCharsets.ISO_8859_1).equals("PK\3\4")) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry("xl/workbook.xml") == null) {
                return false;
            }
            refuseBomb(file, zip);
            return true;
        } catch (ZipException e) {
            return false;
        }
    }

    /** Counts what is unpacked: the sizes that an archive states may be false. */
    private static void refuseBomb(Path file, ZipFile zip) throws IOException {
        long most = Math.max(ALWAYS_ALLOWED, MOST_TIMES * Files.size(file));
        long unpacked = 0;
        byte[] buffer = new byte[1 << 16];
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            try (InputStream in = zip.getInputStream(entry)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    unpacked += read;
                    if (unpacked > most) {
                        throw new DataException(file, Text.format("it unpacks to more than %s times its size, as no workbook"
                                + " does; save the records again, as .xlsx or CSV", unpacked / Files.size(file) - 1));
                    }
                }
            }
        }
    }
}
