package dev.logshipper.tls;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// A native library on disk. The dynamic linker does not compare the file's length with the
/// segments that it maps, and the JVM dies of SIGBUS when it touches one beyond the end.
///
/// Source of the offsets: "ELF-64 Object File Format", version 1.5.
final class ElfFile {
  private static final int HEADER_BYTES = 64;
  private static final int MAGIC = 0x464c457f;
  private static final int PROGRAM_TABLE_AT = 32;
  private static final int PROGRAM_ENTRIES_AT = 56;
  private static final int PROGRAM_ENTRY_BYTES = 56;
  private static final int SEGMENT_OFFSET_AT = 8;
  private static final int SEGMENT_BYTES_AT = 32;

  private ElfFile() {}

  /// Whether the file has the header of a 64-bit library, and all bytes that its segments need.
  static boolean isWhole(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long length = file.length();
      if (length < HEADER_BYTES) {
        return false;
      }
      ByteBuffer header = read(file, 0, HEADER_BYTES);
      long table = header.getLong(PROGRAM_TABLE_AT);
      int tableBytes = header.getShort(PROGRAM_ENTRIES_AT) * PROGRAM_ENTRY_BYTES;
      if (header.getInt(0) != MAGIC
          || table < HEADER_BYTES
          || tableBytes <= 0
          || table > length - tableBytes) {
        return false;
      }
      ByteBuffer segments = read(file, table, tableBytes);
      for (int at = 0; at < tableBytes; at += PROGRAM_ENTRY_BYTES) {
        long offset = segments.getLong(at + SEGMENT_OFFSET_AT);
        long bytes = segments.getLong(at + SEGMENT_BYTES_AT);
        if (offset < 0 || bytes < 0 || offset > length - bytes) {
          return false;
        }
      }
      return true;
    }
  }

  private static ByteBuffer read(RandomAccessFile file, long offset, int count) throws IOException {
    byte[] bytes = new byte[count];
    file.seek(offset);
    file.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
