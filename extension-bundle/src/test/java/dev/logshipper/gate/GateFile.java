package dev.logshipper.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Allowed names by kind, and upper bounds of plain counts. Measurements have the same form. In a
/// file, each kind is a heading followed by its names, one per line, and the bounds are last.
///
/// @param names by their kind
/// @param bounds by the count that they limit
record GateFile(SortedMap<String, SortedSet<String>> names, SortedMap<String, Long> bounds) {
  private static final String HEADING = "# ";
  private static final String IS = " = ";

  GateFile() {
    this(new TreeMap<>(), new TreeMap<>());
  }

  static GateFile read(Path file) throws IOException {
    GateFile read = new GateFile();
    String heading = "";
    for (String line : Files.readAllLines(file)) {
      int is = line.indexOf(IS);
      if (line.startsWith(HEADING)) {
        heading = line.substring(HEADING.length());
      } else if (is > 0) {
        read.bound(line.substring(0, is), Long.parseLong(line.substring(is + IS.length())));
      } else if (!line.isBlank()) {
        read.allow(heading, line);
      }
    }
    return read;
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    names.forEach((kind, each) -> {
      lines.add(HEADING + kind);
      lines.addAll(each);
      lines.add("");
    });
    lines.add(HEADING + "at most");
    bounds.forEach((kind, most) -> lines.add(kind + IS + most));
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  /// Adds a name.
  void allow(String kind, String name) {
    names.computeIfAbsent(kind, _ -> new TreeSet<>()).add(name);
  }

  /// Adds a bound; the wider of two bounds for the same count applies.
  void bound(String kind, long most) {
    bounds.merge(kind, most, Math::max);
  }

  /// Adds everything that another file allows.
  void add(GateFile other) {
    other.names.forEach((kind, each) -> each.forEach(name -> allow(kind, name)));
    other.bounds.forEach(this::bound);
  }

  /// The same names, and bounds widened by a fraction of themselves.
  GateFile widened(double part) {
    GateFile wider = new GateFile();
    names.forEach((kind, each) -> each.forEach(name -> wider.allow(kind, name)));
    bounds.forEach((kind, most) -> wider.bound(kind, most + (long) Math.ceil(most * part)));
    return wider;
  }

  /// Describes the measurements that exceed this. A count without a bound is not limited.
  List<String> excessOf(GateFile counted) {
    List<String> excess = new ArrayList<>();
    counted.names.forEach((kind, each) -> {
      SortedSet<String> allowed = names.getOrDefault(kind, new TreeSet<>());
      each.stream()
          .filter(name -> !allowed.contains(name))
          .forEach(name -> excess.add("new " + kind + ": " + name));
    });
    for (Map.Entry<String, Long> bound : counted.bounds.entrySet()) {
      long most = bounds.getOrDefault(bound.getKey(), Long.MAX_VALUE);
      if (bound.getValue() > most) {
        excess.add(bound.getKey() + ": " + bound.getValue() + ", at most " + most);
      }
    }
    return excess;
  }
}
