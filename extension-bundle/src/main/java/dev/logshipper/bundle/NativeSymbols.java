package dev.logshipper.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// Removes from native libraries the parts that only debuggers read: the section table and
/// everything after the last loaded byte, mostly symbols. That is 5 of 30 MB of `libjvm.so`, out of
/// the 250 MB that all layers and the function may have together. jlink can do the same only with
/// GNU's `objcopy`, which would make the layer depend on the build machine.
///
/// Source of the offsets: "ELF-64 Object File Format", version 1.5.
final class NativeSymbols {
  private static final int MAGIC = 0x7f454c46;
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_TABLE_AT = 32;
  private static final int SECTION_TABLE_AT = 40;
  private static final int PROGRAM_ENTRY_BYTES_AT = 54;
  private static final int PROGRAM_ENTRIES_AT = 56;
  private static final int SECTION_ENTRIES_AT = 60;
  private static final int SECTION_NAMES_AT = 62;
  private static final int SEGMENT_OFFSET_AT = 8;
  private static final int SEGMENT_BYTES_AT = 32;

  private NativeSymbols() {}

  /// Strips all libraries in a folder and its subfolders.
  static void stripAll(Path folder) throws IOException {
    List<Path> libraries;
    try (Stream<Path> files = Files.walk(folder)) {
      libraries = files.filter(file -> file.toString().endsWith(".so")).toList();
    }
    for (Path library : libraries) {
      strip(library);
    }
  }

  private static void strip(Path library) throws IOException {
    try (FileChannel file =
        FileChannel.open(library, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer header = read(file, 0, HEADER_BYTES);
      if (header.order(ByteOrder.BIG_ENDIAN).getInt(0) != MAGIC) {
        throw new IOException(library + " is not an ELF file");
      }
      header.order(ByteOrder.LITTLE_ENDIAN);
      long end = endOfSegments(file, header);
      header.putLong(SECTION_TABLE_AT, 0);
      header.putShort(SECTION_ENTRIES_AT, (short) 0);
      header.putShort(SECTION_NAMES_AT, (short) 0);
      file.write(header, 0);
      file.truncate(end);
    }
  }

  private static long endOfSegments(FileChannel file, ByteBuffer header) throws IOException {
    int entryBytes = header.getShort(PROGRAM_ENTRY_BYTES_AT);
    int entries = header.getShort(PROGRAM_ENTRIES_AT);
    long at = header.getLong(PROGRAM_TABLE_AT);
    ByteBuffer table = read(file, at, entries * entryBytes).order(ByteOrder.LITTLE_ENDIAN);
    long end = at + table.limit();
    for (int entry = 0; entry < table.limit(); entry += entryBytes) {
      long offset = table.getLong(entry + SEGMENT_OFFSET_AT);
      end = Math.max(end, offset + table.getLong(entry + SEGMENT_BYTES_AT));
    }
    return end;
  }

  private static ByteBuffer read(FileChannel file, long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("the file ends too early");
      }
    }
    return buffer.flip();
  }
}
