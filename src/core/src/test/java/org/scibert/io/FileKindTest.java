package org.scibert.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKindTest {
    @TempDir
    private Path folder;

    @Test
    void whatStandsInPlaceOfAFileIsNamed() throws IOException {
        assertThat(FileKind.standIn(file("version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 9\n")))
                .hasValue("a Git LFS pointer and not the file itself; fetch it with: git lfs pull");
        assertThat(FileKind.standIn(file("\n <!DOCTYPE HTML><html>")).orElseThrow()).startsWith("a web page");
        assertThat(FileKind.standIn(file("<html lang=en>")).orElseThrow()).startsWith("a web page");
        assertThat(FileKind.standIn(file(""))).hasValue("empty; fetch it again");
        assertThat(FileKind.standIn(file("{\"a\":1}"))).isEmpty();
        assertThat(FileKind.standIn(file("PK\3\4"))).isEmpty();
    }

    @Test
    void aFileOfAnotherFormatIsHintedAt() throws IOException {
        assertThat(FileKind.hint(file("PK\3\4"))).isEqualTo("; it is a zip archive, as files of torch.save are");
        assertThat(FileKind.hint(file("\u001f\u008b\10"))).contains("gunzip");
        assertThat(FileKind.hint(file("\u0089HDF\r\n"))).contains("HDF5");
        assertThat(FileKind.hint(file("\u0080\2\u008a"))).contains("pickle");
        assertThat(FileKind.hint(file("<html>"))).contains("web page");
        assertThat(FileKind.hint(file("nothing known"))).isEmpty();
    }

    private Path file(String latin1) throws IOException {
        return Files.writeString(folder.resolve("file"), latin1, StandardCharsets.ISO_8859_1);
    }
}
