package dev.logshipper.client.http;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.util.Arrays;

/// As much of ASN.1's DER as private keys need. Stateless.
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private Der() {}

  /// A private key as PKCS#8: version, algorithm, key.
  ///
  /// @param publicKeyInfo the public key as X.509 has it, which begins with the algorithm
  /// @param privateKey in the format of that algorithm
  static byte[] pkcs8(byte[] publicKeyInfo, byte[] privateKey) throws InvalidKeyException {
    byte[] algorithm = firstIn(publicKeyInfo);
    return element(SEQUENCE, VERSION_0, algorithm, element(OCTET_STRING, privateKey));
  }

  /// The first element in a sequence.
  private static byte[] firstIn(byte[] sequence) throws InvalidKeyException {
    try {
      int begin = contentAt(sequence, 0);
      int content = contentAt(sequence, begin);
      return Arrays.copyOfRange(sequence, begin, content + length(sequence, begin));
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new InvalidKeyException(e);
    }
  }

  private static int contentAt(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int content = contentAt(der, at);
    if (content == at + 2) {
      return der[at + 1];
    }
    int length = 0;
    for (int i = at + 2; i < content; i++) {
      length = (length << 8) | (der[i] & 0xff);
    }
    return length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
