package org.scibert.training.records;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of file that holds no records as text, by its first bytes.
 *
 * @param magic the first bytes, one Latin-1 character each
 * @param what a sentence's end: what the file is, and what to do
 */
record Signature(String magic, String what) {
    private static final List<Signature> BINARY = List.of(
            new Signature("\u00D0\u00CF\u0011\u00E0", "it is a workbook or document of an old Office, or one with a"
                    + " password; save it as .xlsx or CSV, without a password"),
            new Signature("\u001F\u008B", "it is compressed with gzip; unpack it (gunzip)"),
            new Signature("BZh", "it is compressed with bzip2; unpack it (bunzip2)"),
            new Signature("\u00FD7zXZ", "it is compressed with xz; unpack it (unxz)"),
            new Signature("\u0028\u00B5\u002F\u00FD", "it is compressed with Zstandard; unpack it (unzstd)"),
            new Signature("7z\u00BC\u00AF", "it is a 7-Zip archive; unpack it"),
            new Signature("Rar!", "it is a RAR archive; unpack it"),
            new Signature("PAR1", "it is a Parquet file; write it as CSV or JSON lines (pandas: to_json(...,"
                    + " orient=\"records\", lines=True))"),
            new Signature("ARROW1", "it is an Arrow or Feather file; write it as CSV or JSON lines"),
            new Signature("Obj\1", "it is an Avro file; write it as CSV or JSON lines"),
            new Signature("ORC", "it is an ORC file; write it as CSV or JSON lines"),
            new Signature("\u0089HDF", "it is an HDF5 file; write it as CSV or JSON lines"),
            new Signature("\u0093NUMPY", "it is a NumPy array; write it as CSV or JSON lines"),
            new Signature("SQLite format 3", "it is an SQLite database; export the table as CSV"),
            new Signature("\u0080\2", "it is a Python pickle; write it as CSV or JSON lines"),
            new Signature("\u0080\3", "it is a Python pickle; write it as CSV or JSON lines"),
            new Signature("\u0080\4", "it is a Python pickle; write it as CSV or JSON lines"),
            new Signature("\u0080\5", "it is a Python pickle; write it as CSV or JSON lines"),
            new Signature("RDX2", "it is an R workspace; write it as CSV (write.csv)"),
            new Signature("RDX3", "it is an R workspace; write it as CSV (write.csv)"),
            new Signature("%PDF", "it is a PDF; export the records as RIS, CSV or JSON lines"),
            new Signature("{\\rtf", "it is a document in rich text; save it as plain text"),
            new Signature("\u0089PNG", "it is a picture"),
            new Signature("\u00FF\u00D8\u00FF", "it is a picture"),
            new Signature("GIF8", "it is a picture"),
            new Signature("\u007FELF", "it is a program"),
            new Signature("MZ\u0090", "it is a program"),
            new Signature("version https://git-lfs", "it is a Git LFS pointer and not the file itself; fetch it"
                    + " (git lfs pull)"));

    /** The name of the stream, in UTF-16, that holds an Office document which has a password. */
    private static final String ENCRYPTED =
            new String("EncryptedPackage".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);

    private static final Pattern HTML =
            Pattern.compile("(?is)\\s*(<!--.*?-->\\s*)?<(!doctype\\s+html|html|head|body)\\b.*");
    private static final Pattern BIBTEX = Pattern.compile("(?s)(\\s|%[^\\n]*\\n)*@[A-Za-z]+\\s*[{(].*");

    /** What a file is that holds no records, if its first bytes tell. */
    static Optional<String> of(byte[] head) {
        String bytes = new String(head, StandardCharsets.ISO_8859_1);
        if (bytes.startsWith("PK\3\4") || bytes.startsWith("PK\5\6")) {
            return Optional.of(archive(bytes));
        }
        if (bytes.startsWith("\u00D0\u00CF\u0011\u00E0") && bytes.contains(ENCRYPTED)) {
            return Optional.of("it is a workbook or document with a password; save it without one, as .xlsx or CSV");
        }
        return BINARY.stream()
                .filter(known -> bytes.startsWith(known.magic))
                .map(Signature::what)
                .findFirst();
    }

    /** What a zip archive is that is no workbook which can be read, by the names of its parts. */
    private static String archive(String bytes) {
        if (bytes.contains("opendocument.spreadsheet")) {
            return "it is a LibreOffice spreadsheet; save it as .xlsx or CSV";
        }
        if (bytes.contains("word/")) {
            return "it is a Word document; export the records as RIS, .xlsx or CSV";
        }
        if (bytes.contains("xl/workbook.bin")) {
            return "it is a binary Excel workbook; save it as .xlsx or CSV";
        }
        if (bytes.contains("xl/") || bytes.contains("[Content_Types].xml")) {
            return "it begins like an Excel workbook and is cut off or damaged; fetch it or save it again, as .xlsx"
                    + " or CSV";
        }
        return "it is a zip archive or an office document; unpack it, or export the records as .xlsx or CSV";
    }

    /** What a text is that holds no records that can be read, if its beginning tells. */
    static Optional<String> ofText(String head) {
        if (HTML.matcher(head).matches()) {
            return Optional.of("it is a web page (HTML), perhaps an error or login page saved in place of the export;"
                    + " export the records again");
        }
        if (BIBTEX.matcher(head).matches()) {
            return Optional.of("it is BibTeX; export the records as RIS");
        }
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("<pubmedarticleset")) {
            return Optional.of("it is PubMed's XML; export the records in the format PubMed (nbib)");
        }
        return head.stripLeading().startsWith("<") && !lower.contains("<record")
                ? Optional.of("it is XML of an unknown kind; export the records as RIS, CSV, JSON lines or EndNote XML")
                : Optional.empty();
    }
}
