package org.scibert.training.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.scibert.training.records.DataException;
import org.scibert.training.records.RecordFile;
import org.scibert.training.records.RecordReader;
import org.scibert.training.records.SourceRecord;

/**
 * Files that nothing can be read from: each ends the command with status 2 and one line of what it is and what to do.
 */
class UnusableFilesTest {
    private static final String OLD_OFFICE = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1";

    @TempDir
    private static Path folder;

    private record Run(int status, List<String> err) {}

    static Stream<Arguments> files() throws IOException {
        byte[] workbook = Files.readAllBytes(Path.of("src/test/resources/records/workbook.xlsx"));
        String ids = IntStream.range(0, 120).mapToObj(i -> "row " + i + ",id-" + i + "\n")
                .reduce("text,label\n", String::concat);
        return Stream.of(
                file("paper.csv", "%PDF-1.7\n", "it is a PDF; export"),
                file("all.ris", zip("refs.ris", "TY  - JOUR"), "it is a zip archive or an office document; unpack it"),
                file("refs.docx", zip("word/document.xml", "<w/>"), "it is a Word document; export"),
                file("refs.xlsx", zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                        "it is a LibreOffice spreadsheet; save it as .xlsx or CSV"),
                file("cut.xlsx", Arrays.copyOf(workbook, workbook.length / 2),
                        "it begins like an Excel workbook and is cut off or damaged; fetch it or save it again"),
                file("secret.xlsx",
                        latin(OLD_OFFICE + "\0".repeat(1000) + "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
                        "it is a workbook or document with a password; save it without one"),
                file("old.xls", latin(OLD_OFFICE + "\0".repeat(1000)),
                        "of an old Office, or one with a password; save it"),
                file("pointer.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
                        "it is a Git LFS pointer and not the file itself; fetch it (git lfs pull)"),
                file("login.ris", "<!DOCTYPE html><html><body>Please log in</body></html>",
                        "it is a web page (HTML), perhaps an error or login page"),
                file("rows.jsonl", gzip("{\"text\":\"a\"}\n"), "it is compressed with gzip; unpack it (gunzip)"),
                file("empty.csv", "", "it is empty; export the records again"),
                file("mark.csv", "\uFEFF", "there are no rows in it; export the records again"),
                file("header.csv", "text,label\n", "there are no rows in it; export the records again"),
                file("utf16.csv", "text,label\nMice.,1\n".getBytes(StandardCharsets.UTF_16LE),
                        "or it is UTF-16 without a byte order mark; save it as UTF-8"),
                file("broken.csv", latin("text\n" + "\u00C3\u00A9".repeat(20) + "\nbad \u00E9\n"),
                        "line 3: byte 0xE9 is not UTF-8, and the rest of the file is; correct this line"),
                file("binary.csv", latin("\1\2\0\3\4\5"), "it holds zero bytes and is no text; export"),
                file("object.json", "{\"status\":1,\"rows\":[{\"text\":\"a\"},{\"text\":\"b\"}]}",
                        "it is one JSON object, whose \"rows\" is a list of objects; write that list alone"),
                file("cut.json", "[{\"text\":\"a\"},\n{\"text\":\"b\"", "line 2: it is not JSON (an object or list"
                        + " that begins here is never closed); correct it"),
                file("list.json", "[{\"text\":\"a\"},\n", "line 2: the list ends without its ]; the file is cut off"),
                file("lines.jsonl", "{\"text\":\n{\"text\":\n{\"text\":\n", "line 1: it is not JSON ("),
                file("other.xml", "<?xml version=\"1.0\"?><feed><entry/></feed>",
                        "it is XML of an unknown kind; export the records as RIS"),
                file("pubmed.xml", "<PubmedArticleSet></PubmedArticleSet>", "it is PubMed's XML; export"),
                file("refs.bib", "@article{a,\n title={b}}\n", "it is BibTeX; export the records as RIS"),
                file("columns.csv", "heading,body\na,b\n", "it has no column \"text\", nor \"title\" or \"abstract\";"
                        + " its columns are heading, body; name those that make the text with --text-columns"),
                file("line.txt", latin("a".repeat(30_000_100)), "has more than 30000000 characters"),
                file("bomb.xlsx", bomb(), "it unpacks to more than"),
                Arguments.of("missing.csv", null, "classify", "there is no such file"),
                Arguments.of("ids.csv", ids.getBytes(StandardCharsets.UTF_8), "fine-tune",
                        "its 120 rows have 120 different labels: the column holds ids or texts; choose the right one"
                                + " with"),
                Arguments.of("one.csv", "text,label\na,1\nb,1\n".getBytes(StandardCharsets.UTF_8), "fine-tune",
                        "each of its 2 rows has the label \"1\"; add rows with another label"),
                Arguments.of("none.csv", "text,label\na,\nb,NA\n".getBytes(StandardCharsets.UTF_8), "fine-tune",
                        "no label in 2 records"),
                Arguments.of("unlabelled.csv", "text\na\nb\n".getBytes(StandardCharsets.UTF_8), "fine-tune",
                        "it has no column \"label\", nor another known one; its columns are text; name the one"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aFileThatCannotBeUsedIsRefusedInOneLine(String name, byte[] content, String command, String says)
            throws Exception {
        Path file = folder.resolve(name);
        if (content != null) {
            Files.write(file, content);
        }
        Run run = command.equals("classify") ? classify(file) : fineTune(file);
        assertThat(run.status()).as(run.err().toString()).isEqualTo(2);
        String line = run.err().get(run.err().size() - 1);
        assertThat(line).startsWith(command + ": " + file).contains(says);
        assertThat(run.err()).noneMatch(of -> of.contains("\tat ") || of.contains("Exception"));
        if (command.equals("classify")) {
            assertThat(run.err()).hasSize(1);
        }
    }

    @Test
    void aFolderIsNoFileToClassify() throws IOException {
        Run run = classify(Files.createDirectories(folder.resolve("refs")));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).singleElement().asString().endsWith("refs: it is a folder; name a file in it");
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("closed.csv"), "text\na\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "root may read everything");
        Run run = classify(file);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).singleElement().asString()
                .contains("it may not be read: permission is denied; give this user");
    }

    @Test
    void entitiesOfAWorkbookAreNotFollowed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "SECRET");
        String external = "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>";
        String laughs = "<!DOCTYPE x [<!ENTITY a \"ha\">" + IntStream.range(1, 12).mapToObj(i -> "<!ENTITY "
                + (char) ('a' + i) + " \"" + ("&" + (char) ('a' + i - 1) + ";").repeat(10) + "\">").reduce(
                        "", String::concat)
                + "]>";
        assertThat(textOf("", "plain")).isEqualTo("plain");
        assertThat(textOf(external, "&e;")).doesNotContain("SECRET");
        assertThat(textOf(laughs, "&l;")).doesNotContain("haha");
    }

    /** The text of a workbook's only record, or why it is refused. */
    private static String textOf(String declaration, String text) throws IOException {
        Path file = Files.write(folder.resolve("entities.xlsx"), workbook(declaration, "<row r=\"1\"><c r=\"A1\""
                + " t=\"inlineStr\"><is><t>text</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>"
                + text
                + "</t></is></c></row>"));
        try (RecordReader reader = RecordFile.of(file, Optional.empty()).open()) {
            SourceRecord record = reader.next();
            return record == null ? "" : record.fields().get("text").text();
        } catch (DataException e) {
            return e.getMessage();
        }
    }

    private static Arguments file(String name, String content, String says) {
        return file(name, content.getBytes(StandardCharsets.UTF_8), says);
    }

    private static Arguments file(String name, byte[] content, String says) {
        return Arguments.of(name, content, "classify", says);
    }

    private static byte[] latin(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                ZipEntry entry = new ZipEntry(namesAndTexts[i]);
                if (namesAndTexts[i].equals("mimetype")) {
                    byte[] text = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
                    java.util.zip.CRC32 sum = new java.util.zip.CRC32();
                    sum.update(text);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(text.length);
                    entry.setCrc(sum.getValue());
                }
                out.putNextEntry(entry);
                out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] workbook(String declaration, String rows) throws IOException {
        String relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        String type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        return zip(
                "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + type + "sheet.main+xml\"/>"
                        + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" + type
                        + "worksheet+xml\"/></Types>",
                "_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        + "<Relationship Id=\"r\" Type=\"" + relations + "/officeDocument\""
                        + " Target=\"xl/workbook.xml\"/></Relationships>",
                "xl/workbook.xml", "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + relations + "\"><sheets><sheet"
                        + " name=\"a\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>",
                "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                        + "relationships\"><Relationship Id=\"s\" Type=\"" + relations + "/worksheet\""
                        + " Target=\"worksheets/sheet1.xml\"/></Relationships>",
                "xl/worksheets/sheet1.xml", "<?xml version=\"1.0\"?>" + declaration + "<worksheet xmlns=\"" + main
                        + "\"><sheetData>" + rows + "</sheetData></worksheet>");
    }

    /** A workbook of some hundred kilobytes whose sheet has 110 MB of blanks. */
    private static byte[] bomb() throws IOException {
        return workbook("", " ".repeat(110 << 20));
    }

    private static Run classify(Path file) {
        return run("classify", "--data", file.toString(), "--output", folder.resolve("out.csv").toString(),
                "--store", "file:" + folder.resolve("store"), "--name", "tiny");
    }

    private static Run fineTune(Path file) throws URISyntaxException {
        Path encoder = Path.of(UnusableFilesTest.class.getResource(
                "/org/scibert/training/compatibility/answers.fp32.jsonl").toURI()).resolveSibling("encoder");
        return run("fine-tune", "--train", file.toString(), "--dev", file.toString(), "--encoder", encoder.toString(),
                "--store", "file:" + folder.resolve("store"), "--name", "tiny");
    }

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = TrainingJob.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(status, new ArrayList<>(err.toString().lines().toList()));
    }
}
