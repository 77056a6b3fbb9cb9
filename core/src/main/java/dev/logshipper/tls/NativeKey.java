package dev.logshipper.tls;

import io.netty.internal.tcnative.Buffer;
import io.netty.internal.tcnative.SSL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/// The certificate chain and key with which a client identifies itself. Immutable.
final class NativeKey {
  private static final String[] KEY_TYPES = {"EC", "RSA", "EdDSA"};
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final X509Certificate[] chain;
  private final PrivateKey key;

  private NativeKey(X509Certificate[] chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /// The first one that a key manager offers; null for none.
  static @Nullable NativeKey of(List<KeyManager> managers) {
    for (KeyManager manager : managers) {
      if (manager instanceof X509KeyManager keys) {
        String alias = keys.chooseClientAlias(KEY_TYPES, null, null);
        if (alias != null) {
          return new NativeKey(keys.getCertificateChain(alias), keys.getPrivateKey(alias));
        }
      }
    }
    return null;
  }

  X509Certificate[] chain() {
    return chain.clone();
  }

  /// Makes a connection present it; the connection's lock must be held.
  void present(long ssl) throws Exception {
    long nativeChain = 0;
    long nativeKey = 0;
    try {
      nativeChain = parseChain(pem());
      nativeKey = parseKey(pem("PRIVATE KEY", key.getEncoded()));
      SSL.setKeyMaterial(ssl, nativeChain, nativeKey); // which counts references
    } finally {
      if (nativeKey != 0) {
        SSL.freePrivateKey(nativeKey);
      }
      if (nativeChain != 0) {
        SSL.freeX509Chain(nativeChain);
      }
    }
  }

  private static long parseChain(String pem) throws Exception {
    long memory = memory(pem);
    try {
      return SSL.parseX509Chain(memory);
    } finally {
      SSL.freeBIO(memory);
    }
  }

  private static long parseKey(String pem) throws Exception {
    long memory = memory(pem);
    try {
      return SSL.parsePrivateKey(memory, null);
    } finally {
      SSL.freeBIO(memory);
    }
  }

  private static long memory(String pem) throws Exception {
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
    long memory = SSL.newMemBIO();
    int _ = SSL.bioWrite(memory, Buffer.address(direct), bytes.length);
    direct.put(0, new byte[bytes.length]); // the key is of no further use there
    return memory;
  }

  private String pem() throws CertificateEncodingException {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : chain) {
      pem.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return pem.toString();
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + BASE64.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
