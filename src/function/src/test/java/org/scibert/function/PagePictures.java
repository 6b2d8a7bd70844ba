package org.scibert.function;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Makes the README's two pictures of the page, light and dark, from a function that runs: see page-pictures.sh. */
final class PagePictures {
    private static final int WIDTH = 860;
    /** Half the bytes of all the shades that letters have at their edges, and no difference to be seen. */
    private static final int COLOURS = 48;
    private static final String TEXT = "Graph databases have become popular in recent years. "
            + "In this paper, we aim to predict the intent of citations in scientific articles.";

    private PagePictures() {}

    /** @param args the page's address, and the folder for page-light.png and page-dark.png */
    public static void main(String[] args) throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            Path work = Files.createTempDirectory("page-pictures");
            try (Browser browser = Browser.open(URI.create(args[0]), work, WIDTH, dark)) {
                browser.type("#panel-try textarea", TEXT);
                browser.click("#panel-try .primary");
                browser.click("article button");
                browser.find("article .shaded mark");
                browser.run("document.activeElement.blur(); document.querySelector('#panel-try textarea').rows = 3;"
                        + " document.querySelectorAll('article .neighbours').forEach(list => {"
                        + " list.previousSibling.remove(); list.remove(); });");
                write(browser.picture(), Path.of(args[1], dark ? "page-dark.png" : "page-light.png"));
            } finally {
                try (Stream<Path> files = Files.walk(work)) {
                    files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
                }
            }
        }
    }

    /** Writes a picture in its most frequent colours, each other one as the nearest of them. */
    static void write(byte[] png, Path file) throws IOException {
        BufferedImage full = ImageIO.read(new ByteArrayInputStream(png));
        int width = full.getWidth();
        int[] pixels = full.getRGB(0, 0, width, full.getHeight(), null, 0, width);
        Map<Integer, Long> counts =
                IntStream.of(pixels).boxed().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        int[] colours = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
                .limit(COLOURS)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        Map<Integer, Integer> nearest = counts.keySet().stream().collect(Collectors.toMap(Function.identity(),
                colour -> IntStream.range(0, colours.length)
                        .boxed()
                        .min(Comparator.comparingInt(c -> distance(colour, colours[c])))
                        .orElseThrow()));
        BufferedImage small = new BufferedImage(width, full.getHeight(), BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE));
        small.getRaster().setSamples(0, 0, width, full.getHeight(), 0,
                IntStream.of(pixels).map(nearest::get).toArray());
        ImageIO.write(small, "png", file.toFile());
    }

    /** Squared, in RGB. */
    private static int distance(int a, int b) {
        int red = (a >> 16 & 255) - (b >> 16 & 255);
        int green = (a >> 8 & 255) - (b >> 8 & 255);
        int blue = (a & 255) - (b & 255);
        return red * red + green * green + blue * blue;
    }
}
