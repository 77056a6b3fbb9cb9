package dev.logshipper.layer;

import dev.logshipper.testkit.SourceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `/opt` with another layer merged into this one: a copy of the shipped layer with plugins in it.
public record PluginLayer(Path root) {
  /// Copies the shipped layer.
  public static PluginLayer copiedTo(Path root) throws IOException {
    Path shipped = ShippedLayer.directory();
    try (var paths = Files.walk(shipped)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path copy = root.resolve(shipped.relativize(path).toString());
        Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new PluginLayer(root);
  }

  Path extensions() {
    return root.resolve("extensions");
  }

  /// Adds a jar.
  ///
  /// @param path in the folder of the sinks: `acme/acme.jar`
  public void put(String path, SourceJar jar) throws IOException {
    jar.writeTo(root.resolve("log-shipper/sinks").resolve(path));
  }

  /// The sink `acme`: sends lines to `PUSHER_ACME_URL`, each with a word from a library whose class
  /// has the name of a bundled one.
  void putAcme() throws IOException {
    put("acme/library.jar", new SourceJar().sources("posts-library"));
    put("acme/acme.jar", SourceJar.plugin("posts").against("posts-library"));
  }

  /// Every kind of bad jar.
  ///
  /// @return for each of them the beginning of the reason in its line
  Map<String, String> putBad() throws IOException {
    Map<String, String> lines = new TreeMap<>();
    bad(lines, "no-service", new SourceJar().entry("a.txt", ""), "no jar of the folder offers a");
    bad(
        lines,
        "absent",
        new SourceJar().offering("com.example.Absent"),
        "com.example.Absent is not a class");
    bad(
        lines,
        "static",
        SourceJar.plugin("static-throws"),
        "failed with java.lang.IllegalStateException");
    bad(lines, "deep", SourceJar.plugin("static-deep"), "failed with java.lang.StackOverflowError");
    bad(lines, "liar", SourceJar.plugin("mode-http"), "its mode is http; expected liar");
    bad(
        lines,
        "newer-java",
        SourceJar.plugin("plain-acme").classFileVersion(99),
        "failed to link (java.lang.UnsupportedClassVersionError: ");
    bad(
        lines,
        "newer-spi",
        SourceJar.plugin("newer-settings").against("newer-spi"),
        "failed to link (java.lang.NoSuchMethodError: ");
    put("http/http.jar", SourceJar.plugin("plain-acme"));
    lines.put("sinks/http/http.jar (mode http) left out: ", "the layer has a sink of that mode");
    for (List<String> file :
        List.of(List.of("garbage", "no jar"), List.of("empty", ""), List.of("half", "PK\3\4"))) {
      bad(lines, file.getFirst(), new SourceJar(), "not a readable jar");
      Files.writeString(jar(file.getFirst()), file.getLast());
    }
    bad(lines, "link", new SourceJar(), "not a readable jar");
    Files.delete(jar("link"));
    Files.createSymbolicLink(jar("link"), Path.of("nowhere"));
    bad(lines, "folder", new SourceJar(), "not a readable jar");
    Files.delete(jar("folder"));
    Files.createDirectory(jar("folder"));
    return lines;
  }

  private void bad(Map<String, String> lines, String mode, SourceJar jar, String reason)
      throws IOException {
    put(mode + "/" + mode + ".jar", jar);
    lines.put("sinks/" + mode + "/" + mode + ".jar (mode " + mode + ") left out: ", reason);
  }

  private Path jar(String mode) {
    return root.resolve("log-shipper/sinks").resolve(mode).resolve(mode + ".jar");
  }
}
