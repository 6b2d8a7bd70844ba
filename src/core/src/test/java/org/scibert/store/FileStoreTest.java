package org.scibert.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scibert.io.FileTree;

class FileStoreTest extends ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("animals/releases/config.json");

    private Path root() {
        return folder.resolve("store");
    }

    @Override
    ObjectStore open() {
        return new FileStore(root());
    }

    @Test
    void anObjectIsAFileUnderItsKeyAndNothingElseIsLeft() throws Exception {
        store.create(KEY, bytes("one"));
        store.swap(KEY, bytes("two"), Optional.of(store.read(KEY).tag()));

        assertThat(root().resolve(KEY.path())).hasContent("two");
        assertThat(FileTree.paths(root())).containsExactly(".lock", KEY.path());
    }

    @Test
    void leftoversOfADeadWriterAndForeignFilesAreNotObjects() throws Exception {
        store.create(KEY, bytes("one"));
        Files.writeString(root().resolve("animals/releases/.0b5c.part"), "hal");
        Files.writeString(root().resolve("animals/releases/my notes.txt"), "…");

        assertThat(store.list(new ObjectKey("animals"))).containsExactly(KEY);
    }

    @Test
    void aPublishedFileIsReadableByOthersAsTheProcessWouldHaveIt() throws Exception {
        store.create(KEY, bytes("one"));
        Path plain = Files.writeString(folder.resolve("plain"), "");

        assertThat(Files.getPosixFilePermissions(root().resolve(KEY.path())))
                .isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void aFolderThatCannotBeWrittenRefuses() throws Exception {
        Files.writeString(root(), "a file where the folder should be");

        assertThatThrownBy(() -> store.create(KEY, bytes("one")))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContainingAll(store.uri(), KEY.path(), "permissions");
    }

    @Test
    void aProbeFindsAFolderThatCannotBeWrittenOrHasTooLittleSpace() throws Exception {
        assertThatThrownBy(() -> store.probe(new ObjectKey("animals"), Long.MAX_VALUE))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContainingAll(store.uri(), "MB are free; make room");

        FileTree.delete(root());
        Files.writeString(root(), "a file where the folder should be");
        assertThatThrownBy(() -> store.probe(new ObjectKey("animals"), 1))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContainingAll(store.uri(), "cannot be written", root().toString());
    }

    @Test
    void noUpdateIsLostAmongProcesses() throws Exception {
        store.create(KEY, bytes("0"));

        List<Process> processes =
                List.of(IncrementingProcess.start(root(), KEY, 50), IncrementingProcess.start(root(), KEY, 50));
        for (Process process : processes) {
            assertThat(process.waitFor()).as(new String(process.getInputStream().readAllBytes(), UTF_8)).isZero();
        }

        assertThat(store.read(KEY).value()).isEqualTo(bytes("100"));
    }
}
