package dev.logshipper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `FAULTS.md` promises exactly what the tests prove.
class FaultsDocumentTest {

  @Test
  void eachRowIsATestAndEachTestIsARow() throws IOException {
    List<String> promised = new ArrayList<>();
    for (Map.Entry<String, List<Fault>> chapter : FaultsDocument.chapters().entrySet()) {
      for (Fault fault : chapter.getValue()) {
        promised.add(chapter.getKey() + " " + FaultsDocument.promise(fault));
      }
    }

    assertThat(documented()).containsExactlyInAnyOrderElementsOf(promised);
  }

  /// The rows under their headings, without the last column.
  private static List<String> documented() throws IOException {
    List<String> rows = new ArrayList<>();
    String heading = "";
    for (String line : Files.readAllLines(FaultsDocument.FILE)) {
      if (line.startsWith("## ")) {
        heading = line.substring(3);
      } else if (line.startsWith("| ") && !line.startsWith("| fault |")) {
        String promise = line.substring(0, line.lastIndexOf(" |"));
        rows.add(heading + " " + promise.substring(0, promise.lastIndexOf("|") + 1));
      }
    }
    return rows;
  }
}
