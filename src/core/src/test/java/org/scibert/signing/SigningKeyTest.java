package org.scibert.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scibert.io.FileDigest;
import org.scibert.io.Json;

class SigningKeyTest {
    /** RFC 8032, section 7.1, test 2, with the headers that RFC 8410 puts before the 32 bytes. */
    private static final byte[] PRIVATE_DER = HexFormat.of().parseHex("302e020100300506032b657004220420"
            + "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    private static final byte[] PUBLIC_DER = HexFormat.of().parseHex("302a300506032b6570032100"
            + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    private static final byte[] MESSAGE = {0x72};
    private static final String SIGNATURE = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    @TempDir
    Path folder;

    private final String privatePem = new Pem("PRIVATE KEY", PRIVATE_DER).toString();
    private final String publicPem = new Pem("PUBLIC KEY", PUBLIC_DER).toString();

    @Test
    void theStandardsExampleHasTheStandardsSignatureAndPublicKey() {
        SigningKey key = SigningKey.parse(privatePem);

        assertThat(HexFormat.of().formatHex(key.sign(MESSAGE).signature())).isEqualTo(SIGNATURE);
        assertThat(key.publicPem()).isEqualTo(publicPem);
        assertThat(key.id()).isEqualTo(FileDigest.of(PUBLIC_DER).sha256());
    }

    @Test
    void aPairIsReadInEveryFormThatSettingsTake() throws Exception {
        SigningKey pair = SigningKey.generate();
        Path file = Files.writeString(folder.resolve("key.pem"), pair.privatePem());
        String oneLine = pair.privatePem().replace("\n", "\\n");
        for (String form : new String[] {pair.privatePem(), "file:" + file, oneLine}) {
            assertThat(SigningKey.parse(form).id()).isEqualTo(pair.id());
        }
        String bare = pair.publicPem().replaceAll("-----.*?-----", "");
        Path publicFile = Files.writeString(folder.resolve("public.pem"), pair.publicPem());
        for (String form : new String[] {pair.publicPem(), bare, bare.strip(), "file:" + publicFile}) {
            assertThat(TrustedKeys.parse(form).has(pair)).isTrue();
        }
    }

    @Test
    void severalKeysAreTrustedWhileOneIsReplaced() throws Exception {
        SigningKey old = SigningKey.generate();
        SigningKey next = SigningKey.generate();
        String bare = Base64.getEncoder().encodeToString(Pem.blocks(old.publicPem()).get(0).der()) + ","
                + Base64.getEncoder().encodeToString(Pem.blocks(next.publicPem()).get(0).der());

        for (String form : new String[] {old.publicPem() + next.publicPem(), bare}) {
            TrustedKeys trusted = TrustedKeys.parse(form);
            assertThat(trusted.has(old)).isTrue();
            assertThat(trusted.has(next)).isTrue();
            assertThat(trusted.has(SigningKey.generate())).isFalse();
            trusted.verify(MESSAGE, next.sign(MESSAGE), "animals");
        }
    }

    @Test
    void whatIsNoPrivateKeyIsRefusedWithItsReason() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        String rsaPem = new Pem("PRIVATE KEY", rsa.generateKeyPair().getPrivate().getEncoded()).toString();

        assertRefused(rsaPem, "SIGNING_KEY is not an Ed25519 private key in PKCS#8");
        assertRefused(publicPem, "SIGNING_KEY holds a block named \"PUBLIC KEY\", a \"PRIVATE KEY\" is needed");
        assertRefused(
                privatePem.replace("PRIVATE", "ENCRYPTED PRIVATE"), "holds a block named \"ENCRYPTED PRIVATE KEY\"");
        assertRefused(privatePem + privatePem, "SIGNING_KEY holds 2 keys, one is needed");
        assertRefused(privatePem.substring(0, 60), "SIGNING_KEY has a BEGIN line without its END line");
        assertRefused(privatePem.replace("MC4", "M#4"), "SIGNING_KEY is neither PEM nor base64");
        assertRefused("s3cret!", "SIGNING_KEY is neither PEM nor base64");
        assertRefused("file:" + folder.resolve("absent.pem"), "absent.pem");
    }

    private static void assertRefused(String value, String message) {
        assertThatThrownBy(() -> SigningKey.parse(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith(
                        "Make a pair: training-job keys signing FOLDER, or openssl genpkey -algorithm ed25519")
                .hasMessageNotContainingAny("s3cret", "BCIEI");
    }

    @ParameterizedTest
    @CsvSource({"MC4CAQAwBQYDK2VwBCIEIA==,is not an Ed25519 public key in X.509", "a b#,is neither PEM nor base64"})
    void whatIsNoPublicKeyIsRefused(String value, String message) {
        assertThatThrownBy(() -> TrustedKeys.parse(value)).hasMessageContaining("MODEL_PUBLIC_KEY " + message);
    }

    @Test
    void aJobThatCouldNotOpenWhatItPublishesDoesNotBegin() {
        String other = SigningKey.generate().publicPem();

        assertThat(Signatures.toPublish(Map.of("SIGNING_KEY", " "))).isEqualTo(Signatures.NONE);
        assertThat(Signatures.toPublish(Map.of("SIGNING_KEY", privatePem, "MODEL_PUBLIC_KEY", publicPem)).key())
                .isPresent();
        assertThatThrownBy(() -> Signatures.toPublish(Map.of("SIGNING_KEY", privatePem, "MODEL_PUBLIC_KEY", other)))
                .hasMessageContaining("which MODEL_PUBLIC_KEY does not hold");
        assertThatThrownBy(() -> Signatures.toPublish(Map.of("MODEL_PUBLIC_KEY", publicPem)))
                .hasMessage(
                        "MODEL_PUBLIC_KEY asks for signed releases, and SIGNING_KEY is not set; set it, or leave both");
        assertThat(Signatures.toRead(Map.of("SIGNING_KEY", "anything", "MODEL_PUBLIC_KEY", publicPem)).key()).isEmpty();
    }

    @Test
    void aSignatureIsReadAsItWasWritten() throws Exception {
        DetachedSignature written = SigningKey.parse(privatePem).sign(MESSAGE);

        DetachedSignature read = Json.read(Json.write(written), DetachedSignature.class);

        assertThat(read.signature()).isEqualTo(written.signature());
        assertThat(read.key()).isEqualTo(written.key());
        assertThat(new String(Json.write(written), UTF_8))
                .startsWith("{\n  \"algorithm\" : \"Ed25519\",\n  \"key\" : \"");
    }
}
