package dev.logshipper.client.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The blocks of a PEM file (RFC 7468). Immutable.
record PemFile(List<Block> blocks) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /// @param label such as `CERTIFICATE`
  /// @param text the lines between those with the label
  record Block(String label, String text) {

    /// Whether the label or a header of OpenSSL's old format names an encryption.
    boolean isEncrypted() {
      return label.startsWith("ENCRYPTED") || text.contains("ENCRYPTED");
    }

    /// The content; empty when it is not Base64.
    byte[] der() {
      try {
        return Base64.getMimeDecoder().decode(text);
      } catch (IllegalArgumentException _) {
        return new byte[0];
      }
    }

    /// Without the content, which may be a key.
    @Override
    public String toString() {
      return label;
    }
  }

  /// @param variable that names the file
  /// @param expected the content, for the message
  /// @throws IllegalArgumentException when the file is unreadable
  static PemFile read(String file, String variable, String expected) {
    try {
      return parse(new String(Files.readAllBytes(Path.of(file)), ISO_8859_1));
    } catch (IOException | InvalidPathException _) {
      throw new IllegalArgumentException(
          variable + ": cannot read " + file + ", expected " + expected);
    }
  }

  private static PemFile parse(String text) {
    List<Block> blocks = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
      int end = text.indexOf(END, begin);
      if (labelEnd < 0 || end < labelEnd) {
        break;
      }
      String label = text.substring(begin + BEGIN.length(), labelEnd);
      blocks.add(new Block(label, text.substring(labelEnd + DASHES.length(), end)));
      begin = text.indexOf(BEGIN, end);
    }
    return new PemFile(List.copyOf(blocks));
  }
}
