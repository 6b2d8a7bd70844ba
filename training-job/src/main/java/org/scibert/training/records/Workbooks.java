package org.scibert.training.records;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.scibert.io.Text;

/** Tells whether a file is an Excel workbook, refuses one that unpacks to more than any does, and finds its sheets. */
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

    /**
     * The part of a workbook that holds a sheet.
     *
     * @param name of the sheet; empty for the first one
     * @return empty if the workbook does not say
     */
    static Optional<String> sheetPart(ZipFile zip, Optional<String> name) throws IOException {
        String id = attributes(zip, "xl/workbook.xml", "sheet").stream()
                .filter(sheet -> name.isEmpty() || name.get().equals(sheet.get("name")))
                .map(sheet -> sheet.getOrDefault("id", ""))
                .findFirst()
                .orElse("");
        return attributes(zip, "xl/_rels/workbook.xml.rels", "Relationship").stream()
                .filter(relation -> id.equals(relation.get("Id")))
                .map(relation -> relation.getOrDefault("Target", ""))
                .map(target -> target.startsWith("/") ? target.substring(1) : "xl/" + target)
                .findFirst();
    }

    /** The attributes, by their local names, of each element of this name. */
    private static List<Map<String, String>> attributes(ZipFile zip, String part, String element) throws IOException {
        List<Map<String, String>> found = new ArrayList<>();
        if (zip.getEntry(part) == null) {
            return found;
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = zip.getInputStream(zip.getEntry(part))) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals(element)) {
                    Map<String, String> attributes = new LinkedHashMap<>();
                    for (int i = 0; i < xml.getAttributeCount(); i++) {
                        attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
                    }
                    found.add(attributes);
                }
            }
        } catch (XMLStreamException e) {
            return List.of();
        }
        return found;
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
                        throw new DataException(file, Text.format("it unpacks to more than %s times its size, as no"
                                + " workbook does; save the records again, as .xlsx or CSV",
                                unpacked / Files.size(file) - 1));
                    }
                }
            }
        }
    }
}
