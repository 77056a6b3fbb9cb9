package dev.logshipper.client.http;

import dev.logshipper.config.Settings;
import dev.logshipper.sink.Diagnostics;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The certificate that identifies this client to servers that require one, with its key. It is
/// presented whichever authorities the server names: otherwise the server would see none, and its
/// error would not say why. Immutable.
final class ClientCertificate extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";
  private static final String CERTIFICATES = "PEM certificates";
  private static final String KEY = "a PEM private key";

  private final X509Certificate[] chain;
  private final PrivateKey key;

  private ClientCertificate(X509Certificate[] chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /// The one that the variables of a sink name; none when they name none. A file that is missing or
  /// unusable is reported, without its content, and no certificate is presented.
  static List<KeyManager> of(
      Settings settings, ConnectionSettings connection, Diagnostics diagnostics) {
    try {
      return read(settings, connection);
    } catch (IllegalArgumentException unusable) {
      diagnostics.warn(unusable.getMessage() + "; no client certificate is presented");
      return List.of();
    }
  }

  private static List<KeyManager> read(Settings settings, ConnectionSettings connection) {
    String variable = connection.clientCertFile().name();
    String keyVariable = connection.clientKeyFile().name();
    String file = settings.find(connection.clientCertFile()).orElse("");
    String keyFile = settings.find(connection.clientKeyFile()).orElse(file);
    if (file.isEmpty() && keyFile.isEmpty()) {
      return List.of();
    }
    if (file.isEmpty()) {
      throw new IllegalArgumentException(
          keyVariable + ": expected the certificate of that key in " + variable);
    }
    X509Certificate[] chain = chain(PemFile.read(file, variable, CERTIFICATES), file, variable);
    PemFile.Block block = key(PemFile.read(keyFile, keyVariable, KEY), keyFile, keyVariable);
    PublicKey publicKey = chain[0].getPublicKey();
    try {
      PrivateKey key = decoded(block, publicKey);
      if (isPair(key, publicKey)) {
        return List.of(new ClientCertificate(chain, key));
      }
    } catch (GeneralSecurityException _) {
      // It is a key of another kind, or none.
    }
    throw new IllegalArgumentException(
        keyVariable + ": expected the key of the first certificate in " + file);
  }

  private static X509Certificate[] chain(PemFile pem, String file, String variable) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemFile.Block block : pem.blocks()) {
        if (block.label().endsWith("CERTIFICATE")) {
          ByteArrayInputStream der = new ByteArrayInputStream(block.der());
          chain.add((X509Certificate) factory.generateCertificate(der));
        }
      }
    } catch (CertificateException _) {
      chain.clear();
    }
    if (chain.isEmpty()) {
      throw new IllegalArgumentException(variable + ": expected " + CERTIFICATES + " in " + file);
    }
    return chain.toArray(X509Certificate[]::new);
  }

  private static PemFile.Block key(PemFile pem, String file, String variable) {
    for (PemFile.Block block : pem.blocks()) {
      if (block.label().endsWith("PRIVATE KEY")) {
        if (block.isEncrypted()) {
          throw new IllegalArgumentException(
              variable + ": the key in " + file + " is encrypted: decrypt it by `openssl pkey`");
        }
        return block;
      }
    }
    throw new IllegalArgumentException(variable + ": expected " + KEY + " in " + file);
  }

  /// A key in OpenSSL's older formats (`RSA PRIVATE KEY`, `EC PRIVATE KEY`) is PKCS#8 without the
  /// algorithm, which the certificate names.
  private static PrivateKey decoded(PemFile.Block block, PublicKey publicKey)
      throws GeneralSecurityException {
    boolean isPkcs8 = block.label().equals("PRIVATE KEY");
    byte[] pkcs8 = isPkcs8 ? block.der() : Der.pkcs8(publicKey.getEncoded(), block.der());
    return KeyFactory.getInstance(publicKey.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static boolean isPair(PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    String algorithm = publicKey.getAlgorithm();
    Signature signature =
        Signature.getInstance(
            switch (algorithm) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> algorithm;
            });
    byte[] sample = {1, 2, 3};
    signature.initSign(key);
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(sample);
    return signature.verify(signed);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return List.of(keyTypes).contains(key.getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return chooseClientAlias(keyTypes, issuers, null);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
