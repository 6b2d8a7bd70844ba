package org.scibert.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.Callable;
import org.scibert.io.Text;
import org.scibert.io.UsageException;
import org.scibert.signing.ApiKey;
import org.scibert.signing.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        description = "Makes keys: signing for a pair that signs releases, new for a caller of the function. keys"
                + " FOLDER is the same as keys signing FOLDER.",
        subcommands = {KeysCommand.Signing.class, KeysCommand.New.class})
final class KeysCommand implements Callable<Integer> {
    private static final String PRIVATE = "signing-key.pem";
    private static final String PUBLIC = "public-key.pem";

    private static final Set<PosixFilePermission> OWNERS_ONLY = PosixFilePermissions.fromString("rw-------");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "As of keys signing.")
    private Path folder;

    @Override
    public Integer call() throws Exception {
        if (folder == null) {
            throw new UsageException("say which keys: keys signing FOLDER, or keys new NAME");
        }
        return makePair(folder, spec.commandLine().getOut());
    }

    @Command(
            name = "signing",
            mixinStandardHelpOptions = true,
            description = "Makes a pair of Ed25519 keys, as openssl does: signing-key.pem for the job's SIGNING_KEY,"
                    + " which nobody else may see, and public-key.pem for MODEL_PUBLIC_KEY of those who open releases.")
    static final class Signing implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FOLDER", description = "Where the two files go; none of them may exist.")
        private Path folder;

        @Override
        public Integer call() throws Exception {
            return makePair(folder, spec.commandLine().getOut());
        }
    }

    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Makes a key for a caller of the function, of 256 random bits, and prints it once with its"
                    + " digest. The caller gets the key; the function's API_KEYS gets the entry, which holds no"
                    + " secret.")
    static final class New implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(
                paramLabel = "NAME",
                description = "Whose key it is: 1 to 64 letters, digits, dots, hyphens and underscores. It stands in"
                        + " the function's metrics.")
        private String name;

        @Override
        public Integer call() {
            String key = ApiKey.generate(new SecureRandom());
            ApiKey digest;
            try {
                digest = ApiKey.of(name, key);
            } catch (IllegalArgumentException e) {
                throw new UsageException(Text.format("the key of \"%s\" %s", name, e.getMessage()));
            }
            spec.commandLine().getErr().println("the key is shown this once; give it to its holder, and add the entry"
                    + " to API_KEYS of the function");
            spec.commandLine().getOut().println(JsonLine.empty()
                    .put("name", digest.name())
                    .put("key", key)
                    .put("sha256", digest.sha256())
                    .put("entry", digest.entry()));
            return 0;
        }
    }

    private static int makePair(Path folder, PrintWriter out) throws IOException {
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
        out.println(JsonLine.empty()
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
