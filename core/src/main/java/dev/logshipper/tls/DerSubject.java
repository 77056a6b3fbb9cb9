package dev.logshipper.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// Finds the name of a certificate's owner without parsing the rest. Stateless.
///
/// Source: RFC 5280, section 4.1; the encoding is DER, ITU-T X.690.
final class DerSubject {
  private static final byte VERSION = (byte) 0xa0;
  private static final int LONG_LENGTH = 0x80;
  private static final int LENGTH_BYTES_MAX = 3;

  private DerSubject() {}

  /// The name in its encoding, a view of the certificate.
  ///
  /// @throws BufferUnderflowException when it is no certificate
  static ByteBuffer of(ByteBuffer certificate) {
    ByteBuffer fields = contentOf(contentOf(certificate));
    ByteBuffer versionOrSerial = next(fields);
    if (versionOrSerial.get(0) == VERSION) {
      ByteBuffer _ = next(fields);
    }
    ByteBuffer _ = next(fields); // The signature's algorithm.
    ByteBuffer _ = next(fields); // The issuer.
    ByteBuffer _ = next(fields); // The validity.
    return next(fields);
  }

  /// The first element in it, without its tag and length.
  private static ByteBuffer contentOf(ByteBuffer elements) {
    ByteBuffer rest = elements.slice();
    rest.get();
    int length = length(rest);
    return Slices.next(rest, length);
  }

  /// The next element, whole.
  private static ByteBuffer next(ByteBuffer elements) {
    ByteBuffer rest = elements.slice();
    rest.get();
    int length = length(rest);
    return Slices.next(elements, rest.position() + length);
  }

  private static int length(ByteBuffer rest) {
    int length = Byte.toUnsignedInt(rest.get());
    if (length < LONG_LENGTH) {
      return length;
    }
    int bytes = length - LONG_LENGTH;
    if (bytes > LENGTH_BYTES_MAX) {
      throw new BufferUnderflowException();
    }
    length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << Byte.SIZE | Byte.toUnsignedInt(rest.get());
    }
    return length;
  }
}
