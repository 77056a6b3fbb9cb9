package dev.logshipper.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/// Writes the head of a message. Not thread-safe.
public final class HeadWriter {
  private final StringBuilder head = new StringBuilder(256);

  /// @param startLine without its end
  public HeadWriter(String startLine) {
    head.append(startLine).append("\r\n");
  }

  /// Adds a header field.
  ///
  /// @throws IOException when it contains a line break, which would let it add others
  public HeadWriter field(String name, String value) throws IOException {
    if (hasLineBreak(name) || hasLineBreak(value)) {
      throw new IOException("a line break in the header " + (hasLineBreak(name) ? "name" : name));
    }
    head.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  /// The head with the empty line that ends it.
  public byte[] bytes() {
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static boolean hasLineBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }
}
