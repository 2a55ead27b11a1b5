package dev.confiture.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A key and a self-signed certificate for {@code localhost}, as the PEM files PostgreSQL wants.
 *
 * <p>The JDK's keytool makes the pair, since every JDK has it, and openssl is not on every machine.
 */
record SelfSignedCertificate(Path certificateFile, Path keyFile) {

    private static final String PASSWORD = "sandbox";
    private static final String ALIAS = "server";

    static SelfSignedCertificate create(Path folder, UnprivilegedLaunch launch)
            throws IOException, InterruptedException {
        Path store = folder.resolve("server.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        launch.run(keytool, keytoolArguments(store), folder.resolve("keytool.log"));
        try {
            KeyStore entries = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            Key key = entries.getKey(ALIAS, PASSWORD.toCharArray());
            Path certificateFile = folder.resolve("server.crt");
            Path keyFile = folder.resolve("server.key");
            // PostgreSQL refuses a key that others may read.
            Files.createFile(
                    keyFile,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
            Files.writeString(
                    certificateFile,
                    pem("CERTIFICATE", entries.getCertificate(ALIAS).getEncoded()));
            return new SelfSignedCertificate(certificateFile, keyFile);
        } catch (GeneralSecurityException e) {
            throw new IOException("Cannot read the new certificate from " + store, e);
        }
    }

    private static List<String> keytoolArguments(Path store) {
        return List.of(
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
    }

    private static String pem(String label, byte[] content) {
        Base64.Encoder encoder =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, encoder.encodeToString(content), label);
    }
}
