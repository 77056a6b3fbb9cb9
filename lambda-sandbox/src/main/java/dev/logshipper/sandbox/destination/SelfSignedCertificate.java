package dev.logshipper.sandbox.destination;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A key and a certificate for `127.0.0.1` and `localhost` that nobody trusts unless told so.
///
/// Made anew by the JDK's `keytool` for each destination: no private key in the repository, none
/// that expires there, and no library. It takes about a second.
///
/// @param context serves TLS with that key
/// @param pem the certificate, for a client's trust store
record SelfSignedCertificate(SSLContext context, String pem) {
  private static final char[] PASSWORD = "not-a-secret".toCharArray();
  private static final String ALIAS = "destination";

  static SelfSignedCertificate generate() throws IOException {
    Path folder = Files.createTempDirectory("destination-certificate");
    Path file = folder.resolve("key.p12");
    try {
      runKeytool(file);
      return read(file);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use the generated certificate", e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void runKeytool(Path file) throws IOException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-validity",
            "7",
            "-alias",
            ALIAS,
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            new String(PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    if (Files.notExists(file)) {
      throw new IOException("keytool made no certificate: " + said);
    }
  }

  private static SelfSignedCertificate read(Path file)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new SelfSignedCertificate(context, pem(store.getCertificate(ALIAS).getEncoded()));
  }

  private static String pem(byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }
}
