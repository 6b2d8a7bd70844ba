package org.scibert.training.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.signing.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes a pair of Ed25519 keys, as openssl does: signing-key.pem for the job's SIGNING_KEY, which"
                + " nobody else may see, and public-key.pem for MODEL_PUBLIC_KEY of those who open releases.")
final class KeysCommand implements Callable<Integer> {
    private static final String PRIVATE = "signing-key.pem";
    private static final String PUBLIC = "public-key.pem";

    private static final Set<PosixFilePermission> OWNERS_ONLY = PosixFilePermissions.fromString("rw-------");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Where the two files go; none of them may exist.")
    private Path folder;

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(folder);
        Path secret = folder.resolve(PRIVATE);
        Path open = folder.resolve(PUBLIC);
        if (Files.exists(secret) || Files.exists(open)) {
            throw new UsageException(Text.format("%s has a key already; it is not replaced", folder));
        }
        SigningKey key = SigningKey.generate();
        Files.createFile(secret, ownersOnly());
        Files.writeString(secret, key.privatePem(), StandardOpenOption.TRUNCATE_EXISTING);
        Files.writeString(open, key.publicPem(), StandardOpenOption.CREATE_NEW);
        spec.commandLine().getOut().println(JsonLine.empty()
                .put("signingKey", secret.toString())
                .put("publicKey", open.toString())
                .put("id", key.id()));
        return 0;
    }

    private static FileAttribute<?>[] ownersOnly() throws IOException {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS_ONLY)}
                : new FileAttribute<?>[0];
    }
}
