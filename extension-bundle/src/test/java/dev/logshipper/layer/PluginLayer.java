package dev.logshipper.layer;

import dev.logshipper.testkit.ProviderSource;
import dev.logshipper.testkit.ProviderSource.Part;
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
  private static final String POST =
      """
      var connection =
          (java.net.HttpURLConnection) java.net.URI.create(context.settings().get(URL)).toURL().openConnection();
      connection.setDoOutput(true);
      try (var out = connection.getOutputStream()) {
        for (LogRecord record : batch.records()) {
          out.write((okhttp3.OkHttpClient.whose() + " ").getBytes());
          record.writeTo(out);
          out.write('\\n');
        }
      }
      return connection.getResponseCode() == 200
          ? SendResult.DELIVERED
          : SendResult.retry("rejected");
      """;

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
    put(
        "acme/library.jar",
        new SourceJar()
            .source(
                "okhttp3.OkHttpClient",
                "public class OkHttpClient { public static String whose() { return \"theirs\"; } }"));
    put(
        "acme/acme.jar",
        new SourceJar()
            .against(
                "okhttp3.OkHttpClient",
                "public class OkHttpClient { public static String whose() { return null; } }")
            .offering(
                provider("acme")
                    .with(
                        Part.MEMBERS,
                        "static final Setting<String> URL ="
                            + " Setting.required(\"PUSHER_ACME_URL\", Parsers.text(), \"Where.\");")
                    .with(Part.SETTINGS, "return List.of(URL);")
                    .with(Part.SEND, POST)));
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
        "com.example.Absent is no");
    bad(
        lines,
        "static",
        new SourceJar()
            .offering(
                provider("static")
                    .with(Part.MEMBERS, "static { if (true) throw new IllegalStateException(); }")),
        "a static initializer failed with java.lang.IllegalStateException");
    bad(
        lines,
        "deep",
        new SourceJar()
            .offering(
                provider("deep")
                    .with(Part.MEMBERS, "static int f() { return f() + 1; } static { f(); }")),
        "failed with java.lang.StackOverflowError");
    bad(
        lines,
        "liar",
        new SourceJar().offering(new ProviderSource("com.example.Liar", "http")),
        "its mode is http; expected liar");
    bad(
        lines,
        "newer-java",
        new SourceJar().offering(provider("newer-java")).classFileVersion(99),
        "built for another Java");
    bad(
        lines,
        "newer-spi",
        newerSpi("newer-spi", Part.SETTINGS),
        "failed to link (java.lang.NoSuchMethodError: ");
    put("http/http.jar", new SourceJar().offering(provider("http")));
    lines.put("sinks/http/http.jar (mode http) left out: ", "the layer has a sink of that mode");
    for (List<String> file :
        List.of(List.of("garbage", "no jar"), List.of("empty", ""), List.of("half", "PK\3\4"))) {
      bad(lines, file.getFirst(), new SourceJar(), "damaged or not a jar");
      Files.writeString(jar(file.getFirst()), file.getLast());
    }
    bad(lines, "link", new SourceJar(), "it is a dangling link");
    Files.delete(jar("link"));
    Files.createSymbolicLink(jar("link"), Path.of("nowhere"));
    bad(lines, "folder", new SourceJar(), "it is a folder");
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

  /// A sink that calls, in one of its parts, a method that only a later SPI has.
  static SourceJar newerSpi(String mode, Part part) {
    return new SourceJar()
        .against(
            "dev.logshipper.sink.Level",
            "public enum Level { OFF; public String label() { return \"\"; } }")
        .offering(provider(mode).with(part, "Level.OFF.label(); return null;"));
  }

  /// A well-behaved provider of a mode.
  public static ProviderSource provider(String mode) {
    String word = mode.replace("-", "");
    String name = Character.toUpperCase(word.charAt(0)) + word.substring(1);
    return new ProviderSource("com.example." + name, mode);
  }
}
