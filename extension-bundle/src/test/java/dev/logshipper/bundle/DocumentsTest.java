package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The project's documents: their links, the variables that they name, and the figures that they
/// repeat.
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern VARIABLE = Pattern.compile("\\bPUSHER_[A-Z0-9_]*[A-Z0-9]\\b");
  private static final Pattern BUILT = Pattern.compile("/(target|node_modules|\\.git)/");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !BUILT.matcher(file.toString()).find())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFilesAndHeadings(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    Matcher links = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
    while (links.find()) {
      if (!links.group(1).startsWith("http") && !exists(page, links.group(1))) {
        broken.add(links.group(1));
      }
    }
    assertThat(broken).isEmpty();
  }

  /// In comments and in rendered templates, too.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/attach.md",
        "docs/flush.md",
        "docs/migrating.md",
        "docs/sinks",
        "examples/cdk-java",
        "examples/cdk-typescript",
        "examples/docker",
        "examples/serverless",
        "examples/templates",
        "examples/terraform"
      })
  void everyVariableIsDocumented(String folder) throws IOException {
    List<String> documented =
        TemplatesTest.documented(
            ROOT.resolve("docs/settings.md"),
            ROOT.resolve("sink-http/README.md"),
            ROOT.resolve("sink-kinesis/README.md"),
            ROOT.resolve("sink-loki/README.md"),
            ROOT.resolve("sink-s3/README.md"));
    // For one sink: docs/control.md.
    documented.add("PUSHER_S3_FLUSH");

    List<String> named = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        VARIABLE
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> named.add(match.group()));
      }
    }
    assertThat(named).isNotEmpty().isSubsetOf(documented);
  }

  @Test
  void figuresOfTheFlushPolicyAreThoseOfTheSimulation() throws IOException {
    List<List<String>> all = rows(ROOT.resolve("core/FLUSHING.md"));
    List<List<String>> some =
        rows(ROOT.resolve("docs/flush.md")).stream()
            .filter(row -> row.size() == 5 && row.get(1).contains(" / "))
            .toList();

    assertThat(some).hasSize(4);
    for (List<String> row : some) {
      List<String> figures =
          all.stream().filter(each -> each.getFirst().equals(row.getFirst())).findFirst().get();
      // auto, end, next-invoke, background
      assertThat(row.subList(1, 5))
          .containsExactly(figures.get(1), figures.get(3), figures.get(4), figures.get(5));
    }
  }

  private static List<List<String>> rows(Path document) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("| ")) {
        rows.add(
            Stream.of(line.substring(1, line.length() - 1).split("\\|"))
                .map(String::strip)
                .toList());
      }
    }
    return rows;
  }

  private static boolean exists(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (parts.length == 1 || !Files.exists(target)) {
      return Files.exists(target);
    }
    Path document = Files.isDirectory(target) ? target.resolve("README.md") : target;
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(DocumentsTest::anchor)
        .anyMatch(parts[1]::equals);
  }

  /// As GitHub makes it of a heading.
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
