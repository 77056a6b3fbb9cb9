package dev.logshipper.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `FAULTS.md`: prose by hand, and under each heading that is a [Chapter] the table that its tests
/// prove. The last column is measured, and as old as the last run that was asked to write it.
final class FaultsDocument {
  static final Path FILE = Path.of("FAULTS.md");

  private static final String HEADING = "## ";
  private static final String COLUMNS =
      "| fault | platform | log | lost | duplicated | delay at most, ms |"
          + " measured: http / loki / kinesis / s3 |";

  private FaultsDocument() {}

  /// The tests that are rows, by the heading of their chapter.
  static Map<String, List<Fault>> chapters() throws IOException {
    Map<String, List<Fault>> chapters = new TreeMap<>();
    for (Class<?> tests : classes()) {
      Chapter chapter = tests.getAnnotation(Chapter.class);
      if (chapter != null) {
        List<Fault> rows = chapters.computeIfAbsent(chapter.value(), _ -> new ArrayList<>());
        Arrays.stream(tests.getDeclaredMethods())
            .flatMap(test -> Stream.ofNullable(test.getAnnotation(Fault.class)))
            .forEach(rows::add);
        rows.sort(Comparator.comparing(Fault::value));
      }
    }
    return chapters;
  }

  private static List<Class<?>> classes() throws IOException {
    List<Class<?>> classes = new ArrayList<>();
    Package here = FaultsDocument.class.getPackage();
    Path folder = Path.of("target/test-classes", here.getName().replace('.', '/'));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith("IT.class")) {
          classes.add(load(here.getName() + "." + name.replace(".class", "")));
        }
      }
    }
    return classes;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /// A row's promise, without the measurements.
  static String promise(Fault fault) {
    return "| "
        + String.join(
            " | ",
            fault.value(),
            fault.platform(),
            fault.user(),
            fault.lost().words(),
            fault.doubled().words(),
            Integer.toString(fault.heldMillisMax()))
        + " |";
  }

  /// Rewrites the tables with the measurements of this run; rows that did not run keep theirs.
  static void write() throws IOException {
    Map<String, List<Fault>> chapters = chapters();
    List<String> old = Files.readAllLines(FILE);
    List<String> lines = new ArrayList<>();
    for (String line : old) {
      if (!line.startsWith("|")) {
        lines.add(line);
      }
      List<Fault> rows =
          line.startsWith(HEADING) ? chapters.get(line.substring(HEADING.length())) : null;
      if (rows != null) {
        lines.add("");
        lines.add(COLUMNS);
        lines.add("|---|---|---|---|---|---|---|");
        rows.stream().map(fault -> row(fault, old)).forEach(lines::add);
      }
    }
    Files.write(FILE, withoutDoubleBlanks(lines));
  }

  private static String row(Fault fault, List<String> old) {
    String promise = promise(fault);
    if (Measured.any(fault)) {
      return promise + " " + Measured.cell(fault) + " |";
    }
    return old.stream()
        .filter(line -> line.startsWith(promise))
        .findFirst()
        .orElse(promise + " not yet |");
  }

  private static List<String> withoutDoubleBlanks(List<String> lines) {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      if (!line.isEmpty() || kept.isEmpty() || !kept.getLast().isEmpty()) {
        kept.add(line);
      }
    }
    return kept;
  }
}
