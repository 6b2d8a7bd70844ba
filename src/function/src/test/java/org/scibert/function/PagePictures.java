package org.scibert.function;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Makes the README's two pictures of the page, light and dark, from a function that runs: see page-pictures.sh. */
final class PagePictures {
    private static final int WIDTH = 860;
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
                Files.write(Path.of(args[1], dark ? "page-dark.png" : "page-light.png"), browser.picture());
            } finally {
                try (Stream<Path> files = Files.walk(work)) {
                    files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
                }
            }
        }
    }
}
