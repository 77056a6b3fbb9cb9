package dev.logshipper.advisor.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The text of a file that the user named.
final class TextFile {
  private static final long BYTES_MAX = 16 << 20;

  private TextFile() {}

  static String read(Path file) {
    if (!Files.exists(file)) {
      throw new WrongUsage(file + " does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new WrongUsage(file + " is a folder, not a file");
    }
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new WrongUsage(file + " is larger than 16 MiB");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new WrongUsage(file + " is not a text in UTF-8");
    } catch (IOException e) {
      throw new WrongUsage(file + " cannot be read");
    }
  }
}
