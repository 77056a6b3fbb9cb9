package dev.logshipper.bench.flush;

import dev.logshipper.bench.document.WrittenSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// `scripts/bench flush`: writes the figures in `core/FLUSHING.md`, its pictures and its CSV file.
public final class FlushDocument {
  private static final WrittenSection SECTION = new WrittenSection("scripts/bench flush");

  private FlushDocument() {}

  /// Runs the study and writes the files.
  ///
  /// @param args the folder of the module `core`
  public static void main(String[] args) throws IOException {
    for (Map.Entry<Path, String> file : files(Path.of(args[0])).entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
      System.out.println(file.getKey());
    }
  }

  /// Runs the study.
  ///
  /// @param core the folder of the module `core`
  /// @return the content of each file
  static Map<Path, String> files(Path core) throws IOException {
    List<Comparison> comparisons = Comparison.onEach(TrafficPatterns.all());
    SortedMap<Double, Comparison> random = FlushPicture.comparisons();
    Path document = core.resolve("FLUSHING.md");
    Path docs = core.resolve("docs");
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(
        document, SECTION.replace(Files.readString(document), FlushTable.markdown(comparisons)));
    files.put(docs.resolve("flushing.csv"), FlushTable.csv(comparisons));
    files.put(docs.resolve("flushing-held.svg"), FlushPicture.ofHeldTime(random));
    files.put(docs.resolve("flushing-staleness.svg"), FlushPicture.ofStaleness(random));
    return files;
  }
}
