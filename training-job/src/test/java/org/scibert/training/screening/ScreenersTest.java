package org.scibert.training.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scibert.training.rows.ReadOptions;
import org.scibert.training.rows.Row;
import org.scibert.training.rows.RowReader;
import org.scibert.training.rows.ScreenedFile;
import org.scibert.training.screening.MergedLabels.OnConflict;
import org.scibert.training.screening.Screeners.Reason;

class ScreenersTest {
    /** Works that match: A by DOI, B by PMID, C by title, D by text; E is in one file alone. */
    private static final String FIRST = """
            TY  - JOUR
            TI  - Effects of alpha on the growth of mice
            DO  - 10.1000/A
            N1  - ASReview_relevant
            ER  -\s

            TY  - JOUR
            TI  - Work B has one name here
            PM  - 77
            N1  - ASReview_irrelevant
            ER  -\s

            TY  - JOUR
            TI  - Naive cells: a study of C in rats
            N1  - ASReview_relevant
            ER  -\s

            TY  - JOUR
            TI  - Work D
            AB  - An abstract that is the same.
            ER  -\s

            TY  - JOUR
            TI  - A work E that one screener has alone
            N1  - ASReview_irrelevant
            ER  -\s
            """;
    private static final String SECOND = """
            id,title,abstract,doi,pmid,decision
            1,Other words for the same,,https://doi.org/10.1000/a,,include
            2,"Work B, named otherwise there",,,77,include
            3,"Naive cells - A study of ""C"" in rats.",Has an abstract.,,,yes
            4,Work D,An abstract that is the same.,,,exclude
            5,=A work F that the other screener has alone,,,,exclude
            """;

    @TempDir
    private Path folder;

    @Test
    void recordsAreMatchedAndComparedByHand() throws IOException {
        Screeners screeners = new Screeners(List.of(read("a.ris", FIRST), read("b.csv", SECOND)), false);
        assertThat(screeners.inAll()).isEqualTo(4);
        assertThat(screeners.onlyIn(0)).isOne();
        assertThat(screeners.onlyIn(1)).isOne();
        Agreement agreement = screeners.agreement(0, 1).orElseThrow();
        assertThat(agreement.labels()).containsExactly("1", "0");
        assertThat(agreement.counts()).containsExactly(List.of(2, 0), List.of(1, 0)); // A and C, B
        assertThat(ConflictList.csv(screeners)).isEqualTo("\uFEFF"
                + "why,id,title,label in a.ris,label in b.csv,line in a.ris,line in b.csv\r\n"
                + "conflict,pmid:77,Work B has one name here,0,include,7,3\r\n"
                + "not labelled in all files,18,Work D,,exclude,18,5\r\n"
                + "not in all files,23,A work E that one screener has alone,0,,23,\r\n"
                + "not in all files,5,'=A work F that the other screener has alone,,exclude,,6\r\n");
    }

    @Test
    void theFirstFileIsWrittenAgainWithTheMergedLabels() throws IOException {
        Screeners screeners = new Screeners(List.of(read("a.ris", FIRST), read("b.csv", SECOND)), false);
        Path merged = folder.resolve("merged.ris");
        assertThat(write(screeners, OnConflict.UNLABELLED, merged)).isEqualTo(new MergedLabels.Counts(4, 1));
        assertThat(labels(merged)).containsExactly("1 1", "15 1", "21 0", "27 0");
        assertThat(merged).content().contains("N1  - SciBERT_decision: unlabelled\n");
        assertThat(Files.readString(merged).replaceAll("N1 {2}- SciBERT_decision: .*\n", "")).isEqualTo(FIRST);
        write(screeners, OnConflict.INCLUDE, merged);
        assertThat(labels(merged)).contains("8 1");
        write(screeners, OnConflict.EXCLUDE, merged);
        assertThat(labels(merged)).contains("8 0");
        Screeners turned = new Screeners(List.of(read("b.csv", SECOND), read("a.ris", FIRST)), false);
        Path table = folder.resolve("merged.csv");
        write(turned, OnConflict.UNLABELLED, table);
        assertThat(labels(table)).containsExactly("2 include", "4 include", "5 exclude", "6 exclude");
        assertThat(Files.readAllLines(table)).startsWith(
                "id,title,abstract,doi,pmid,decision,SciBERT_decision",
                "1,Other words for the same,,https://doi.org/10.1000/a,,include,include",
                "2,\"Work B, named otherwise there\",,,77,include,unlabelled");
    }

    @Test
    void equalTitlesOfDifferentWorksAreToldAndNotGuessed() throws IOException {
        Screeners screeners = new Screeners(List.of(
                read("a.csv", """
                        title,doi,label
                        A title that two works share,10.1000/1,1
                        A title that two works share,10.1000/2,0
                        Reply,,1
                        """),
                read("b.csv", """
                        title,doi,label
                        A title that two works share,,0
                        Reply,10.1000/9,0
                        """)), false);
        assertThat(screeners.inAll()).isEqualTo(1); // "Reply" and nothing else is one text in both
        assertThat(screeners.listed()).extracting(Screeners.Listed::reason)
                .containsExactly(Reason.CONFLICT, Reason.AMBIGUOUS);
        assertThat(ConflictList.csv(screeners)).contains(
                "\"same title, other DOI or PMID\",doi:10.1000/1,A title that two works share,1; 0,0,2; 3,2\r\n");
    }

    @Test
    void severalRecordsOfAWorkCountOnceUnlessTheyContradictEachOther() throws IOException {
        Screeners screeners = new Screeners(List.of(
                read("a.csv", "doi,title,label\n10.1000/1,x,1\n10.1000/1,y,1\n10.1000/2,z,1\n10.1000/2,z,0\n"),
                read("b.csv", "doi,title,label\n10.1000/1,x,1\n10.1000/2,z,1\n")), false);
        assertThat(screeners.repeated(0)).isEqualTo(2);
        assertThat(screeners.agreement(0, 1).orElseThrow().records()).isOne();
        assertThat(screeners.listed()).extracting(Screeners.Listed::reason).containsExactly(Reason.TWO_LABELS);
        Path merged = folder.resolve("merged.csv");
        write(screeners, OnConflict.UNLABELLED, merged);
        assertThat(labels(merged)).containsExactly("2 1", "3 1");
    }

    @Test
    void aWorkbookIsWrittenAgainAsOne() throws IOException {
        ScreenedFile workbook = ScreenedFile.read(
                Path.of("src/test/resources/records/workbook.xlsx"), ReadOptions.DEFAULT);
        Screeners screeners = new Screeners(List.of(workbook, workbook), false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MergedLabels.write(out, screeners, OnConflict.UNLABELLED);
        Path merged = Files.write(folder.resolve("merged.xlsx"), out.toByteArray());
        assertThat(ScreenedFile.read(merged, ReadOptions.DEFAULT).records())
                .extracting(record -> record.label().orElse("")).isEqualTo(workbook.records().stream()
                        .map(record -> record.label().orElse("")).toList());
        assertThat(ScreenedFile.read(merged, ReadOptions.DEFAULT).reader().columns()).endsWith("SciBERT_decision");
    }

    @Test
    void aMergedFileIsMergedAgainInPlace() throws IOException {
        ScreenedFile first = read("a.csv", "doi,title,SciBERT_decision\n10.1000/1,x,include\n10.1000/2,y,maybe\n");
        ScreenedFile second = read("b.csv", "doi,title,label\n10.1000/1,x,0\n10.1000/2,y,1\n");
        Path merged = folder.resolve("merged.csv");
        write(new Screeners(List.of(first, second), false), OnConflict.EXCLUDE, merged);
        assertThat(merged).content().isEqualTo(
                "doi,title,SciBERT_decision\n10.1000/1,x,0\n10.1000/2,y,include\n");
    }

    @Test
    void anIdColumnMatchesAndNothingElseDoes() throws IOException {
        ReadOptions options = new ReadOptions(List.of(), false, List.of(), "", "ref", "");
        ScreenedFile first = ScreenedFile.read(Files.writeString(folder.resolve("a.csv"),
                "ref,title,label\n1,The same title of one work,1\n2,other,0\n"), options);
        ScreenedFile second = ScreenedFile.read(Files.writeString(folder.resolve("b.csv"),
                "ref,title,label\n2,The same title of one work,0\n3,x,0\n"), options);
        Screeners screeners = new Screeners(List.of(first, second), true);
        assertThat(screeners.agreement(0, 1).orElseThrow().counts()).containsExactly(List.of(0, 0), List.of(0, 1));
    }

    @Test
    void threeScreenersAreComparedInPairsAndMustAllAgree() throws IOException {
        ScreenedFile[] files = new ScreenedFile[3];
        String[] labels = {"101?", "1101", "1011"};
        for (int i = 0; i < files.length; i++) {
            StringBuilder csv = new StringBuilder("doi,title,label\n");
            for (int row = 0; row < 4; row++) {
                csv.append("10.1000/").append(row).append(",t,").append(labels[i].charAt(row)).append('\n');
            }
            files[i] = read(i + ".csv", csv.toString());
        }
        Screeners screeners = new Screeners(List.of(files), false);
        assertThat(screeners.agreement(0, 1).orElseThrow().counts()).containsExactly(List.of(1, 1), List.of(1, 0));
        assertThat(screeners.agreement(0, 2).orElseThrow().counts()).containsExactly(List.of(2, 0), List.of(0, 1));
        assertThat(screeners.listed()).extracting(Screeners.Listed::reason)
                .containsExactly(Reason.CONFLICT, Reason.CONFLICT, Reason.ONE_LABEL);
    }

    private MergedLabels.Counts write(Screeners screeners, OnConflict onConflict, Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MergedLabels.Counts counts = MergedLabels.write(out, screeners, onConflict);
        Files.writeString(file, out.toString(StandardCharsets.UTF_8));
        return counts;
    }

    /** Line and label of each labelled row. */
    private static List<String> labels(Path file) throws IOException {
        List<String> labels = new ArrayList<>();
        for (Row row : RowReader.read(file, Integer.MAX_VALUE).rows()) {
            labels.add(row.line() + " " + row.labels().get(0));
        }
        return labels;
    }

    private ScreenedFile read(String name, String content) throws IOException {
        return ScreenedFile.read(Files.writeString(folder.resolve(name), content), ReadOptions.DEFAULT);
    }
}
