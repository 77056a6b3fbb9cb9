package dev.logshipper.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Copies the entries of a jar into another one, in their order.
///
/// @param wanted whether to copy an entry of that name
/// @param date of all entries; null: each keeps its own
record JarCopy(Predicate<String> wanted, @Nullable FileTime date) {

  void write(Path from, Path to) throws IOException {
    try (ZipFile source = new ZipFile(from.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      Enumeration<? extends ZipEntry> entries = source.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (wanted.test(entry.getName())) {
          add(source, entry, out);
        }
      }
    }
  }

  private void add(ZipFile source, ZipEntry entry, ZipOutputStream out) throws IOException {
    ZipEntry copy = new ZipEntry(entry.getName());
    copy.setTime(date == null ? entry.getTime() : date.toMillis());
    out.putNextEntry(copy);
    try (InputStream in = source.getInputStream(entry)) {
      long _ = in.transferTo(out);
    }
    out.closeEntry();
  }
}
