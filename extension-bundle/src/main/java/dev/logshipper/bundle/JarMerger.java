package dev.logshipper.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Merges the jars of each folder into its first one, without compression. The JVM looks at every
/// jar of the class path when it starts, and opens all of them when a library looks for a service;
/// the layer's zip compresses a jar better as a whole than class by class.
///
/// @param date of the entries
record JarMerger(FileTime date) {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String SERVICES = "META-INF/services/";

  /// Licences and notices, which each library has under the same names.
  private static final Pattern LEGAL = Pattern.compile("META-INF/.*(LICENSE|NOTICE).*");

  /// For compilers, build tools, GraalVM and OSGi.
  private static final Pattern UNUSED =
      Pattern.compile(
          "META-INF/INDEX\\.LIST|META-INF/maven/.*/pom\\.xml|META-INF/native-image/.*"
              + "|.*\\.kotlin_(module|builtins)|.*\\.proto|.*\\.java(\\.vm)?|.*/");

  /// Merges jars, and deletes those in `to` that have become part of another.
  ///
  /// @param from their folder
  /// @param jars paths in both folders, in the order of the class path
  /// @return the merged jars in the order of the class path
  List<String> merge(Path from, Collection<String> jars, Path to) throws IOException {
    Map<String, List<String>> byFolder = new LinkedHashMap<>();
    for (String jar : jars) {
      byFolder.computeIfAbsent(folderOf(jar), _ -> new ArrayList<>()).add(jar);
    }
    List<String> merged = new ArrayList<>();
    for (List<String> together : byFolder.values()) {
      Map<String, byte[]> entries = new LinkedHashMap<>();
      for (String jar : together) {
        addEntries(from.resolve(jar), entries);
        Files.deleteIfExists(to.resolve(jar));
      }
      String first = together.getFirst();
      write(entries, to.resolve(first));
      merged.add(first);
    }
    return merged;
  }

  private static String folderOf(String jar) {
    return jar.substring(0, jar.lastIndexOf('/'));
  }

  private static void addEntries(Path jar, Map<String, byte[]> entries) throws IOException {
    String library = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    try (ZipFile source = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(source.entries())) {
        if (!UNUSED.matcher(entry.getName()).matches()) {
          try (InputStream content = source.getInputStream(entry)) {
            add(entry.getName(), content.readAllBytes(), library, entries);
          }
        }
      }
    }
  }

  private static void add(
      String name, byte[] content, String library, Map<String, byte[]> entries) {
    byte[] other = entries.putIfAbsent(name, content);
    if (other == null || Arrays.equals(other, content) || name.equals(MANIFEST)) {
      return;
    }
    if (name.startsWith(SERVICES)) {
      entries.put(name, lines(other, content));
    } else if (LEGAL.matcher(name).matches()) {
      add(name.replace("META-INF/", "META-INF/" + library + "/"), content, library, entries);
    } else {
      throw new IllegalStateException(name + " is in " + library + " and in another jar");
    }
  }

  private static byte[] lines(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + 1 + second.length);
    both[first.length] = '\n';
    System.arraycopy(second, 0, both, first.length + 1, second.length);
    return both;
  }

  private void write(Map<String, byte[]> entries, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        byte[] content = entry.getValue();
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry stored = new ZipEntry(entry.getKey());
        stored.setTime(date.toMillis());
        stored.setSize(content.length);
        stored.setCrc(checksum.getValue());
        out.putNextEntry(stored);
        out.write(content);
        out.closeEntry();
      }
    }
  }
}
