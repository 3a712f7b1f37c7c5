package io.github.batchferry.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppKeyTest {
    private static final KeyPair RSA = TestKeys.generate("RSA", 2048);

    private static boolean signs(String pem) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(RSA.getPublic());
        signature.update("a.b".getBytes(StandardCharsets.US_ASCII));
        return signature.verify(AppKey.parse(pem).sign("a.b"));
    }

    @Test
    void bothFormsOfAKeySign() throws Exception {
        assertThat(signs(TestKeys.pkcs1(RSA))).isTrue();
        assertThat(signs(TestKeys.pkcs8(RSA))).isTrue();
    }

    @Test
    void howLinesEndDoesNotMatter() throws Exception {
        assertThat(signs(TestKeys.pkcs1(RSA).replace("\n", "\r\n"))).isTrue();
        assertThat(signs(TestKeys.pkcs8(RSA).replace("\n", "\\n"))).isTrue();
        assertThat(signs("\n  " + TestKeys.pkcs1(RSA).strip())).isTrue();
    }

    @Test
    void lengthsTakeAsManyBytesAsTheyNeed() {
        assertThat(Der.privateKeyInfo(new byte[100])).hasSize(2 + 18 + 2 + 100).startsWith(0x30, 120);
        assertThat(Der.privateKeyInfo(new byte[200])).hasSize(3 + 18 + 3 + 200).startsWith(0x30, 0x81, 221);
        assertThat(Der.privateKeyInfo(new byte[70_000]))
                .hasSize(5 + 18 + 5 + 70_000)
                .startsWith(0x30, 0x83, 0x01, 0x11, 0x87);
    }

    @Test
    void aKeyOfAnotherKindIsRefusedByItsName() {
        assertThatThrownBy(() -> AppKey.parse(TestKeys.pkcs8(TestKeys.generate("EC", 256))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found a private key for EC, expected one for RSA; download one in PEM from the settings of"
                        + " the App on GitHub");
        assertThatThrownBy(() -> AppKey.parse(TestKeys.pem("EC PRIVATE KEY", new byte[] {1, 2, 3})))
                .hasMessageStartingWith("found `EC PRIVATE KEY` where an RSA private key was expected; download one");
        assertThatThrownBy(() ->
                        AppKey.parse(TestKeys.pem("PUBLIC KEY", RSA.getPublic().getEncoded())))
                .hasMessageStartingWith("found `PUBLIC KEY` where an RSA private key was expected");
    }

    @Test
    void anEncryptedKeyIsToBeDecrypted() {
        String modern = TestKeys.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
        String older = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"
                + "-----END RSA PRIVATE KEY-----\n";
        for (String pem : new String[] {modern, older}) {
            assertThatThrownBy(() -> AppKey.parse(pem))
                    .hasMessage("the private key is encrypted; decrypt it with: openssl rsa -in KEY");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "123456",
                "-----BEGIN RSA PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN OPENSSH PRIVATE KEY-----\n!!!\n-----END OPENSSH PRIVATE KEY-----"
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThatThrownBy(() -> AppKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a private key in PEM: expected `-----BEGIN RSA PRIVATE KEY-----`");
    }

    @Test
    void aDamagedKeyIsRefusedAndNotShown() {
        String whole = TestKeys.pkcs1(RSA);
        String half = Base64.getEncoder().encodeToString(new byte[40]);
        for (String pem : new String[] {
            whole.substring(0, 300) + "\n-----END RSA PRIVATE KEY-----",
            TestKeys.pem("PRIVATE KEY", half.getBytes(StandardCharsets.US_ASCII))
        }) {
            assertThatThrownBy(() -> AppKey.parse(pem))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the private key is damaged; download one");
        }
    }
}
