package dev.logshipper.advisor.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The text of a file that the user named.
final class TextFile {
  private static final int BYTES_MAX = 16 << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  static String read(Path file) {
    if (file.toString().isEmpty()) {
      throw new WrongUsage("an empty text is no name of a file");
    }
    if (!Files.exists(file)) {
      throw new WrongUsage(file + " does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new WrongUsage(file + " is a folder, not a file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new WrongUsage(file + " is larger than 16 MiB");
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw new WrongUsage(file + " is not a text: it has zero bytes");
      }
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new WrongUsage(file + " is not a text in UTF-8");
    } catch (AccessDeniedException e) {
      throw new WrongUsage("no permission to read " + file);
    } catch (IOException e) {
      throw new WrongUsage(file + " cannot be read");
    }
  }
}
