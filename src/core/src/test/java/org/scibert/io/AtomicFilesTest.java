package org.scibert.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void aTextReplacesTheFileAndNothingElseIsLeft() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");

        AtomicFiles.write(file, "naïve");

        assertThat(file).hasContent("naïve");
        assertThat(FileTree.paths(folder)).containsExactly("a.txt");
    }

    @Test
    void aFailingWriterLeavesTheOldFileAndNothingElse() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");

        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
            out.write(1);
            throw new IOException("the source broke off");
        })).hasMessage("the source broke off");

        assertThat(file).hasContent("old");
        assertThat(FileTree.paths(folder)).containsExactly("a.txt");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Path file = folder.resolve("missing/a.txt");

        assertThatThrownBy(() -> AtomicFiles.write(file, "x"))
                .isInstanceOf(FileNotWrittenException.class)
                .hasMessageStartingWith(file + " cannot be written: ");
    }

    @Test
    void aFolderAppearsWholeAlsoInPlaceOfAnEmptyOne() throws Exception {
        Path target = Files.createDirectory(folder.resolve("out"));

        AtomicFiles.createFolder(target, temporary -> Files.writeString(temporary.resolve("a.txt"), "x"));

        assertThat(FileTree.paths(folder)).containsExactly("out/a.txt");
        assertThatThrownBy(() -> AtomicFiles.createFolder(target, temporary -> {}))
                .isInstanceOf(DirectoryNotEmptyException.class);
        assertThat(FileTree.paths(folder)).containsExactly("out/a.txt");
    }

    @Test
    void aTemporaryFolderIsGoneWhenItIsClosed() throws Exception {
        Path path;
        try (TemporaryFolder temporary = TemporaryFolder.createIn(folder, ".work-")) {
            path = Files.writeString(temporary.path().resolve("a"), "x").getParent();
        }
        assertThat(path).doesNotExist();
    }
}
