package dev.logshipper.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateFileTest {
  @TempDir Path folder;

  private final GateFile allowed = new GateFile();
  private final GateFile counted = new GateFile();

  @Test
  void nameThatIsNotAllowedIsReported() {
    allowed.allow("library in use", "okio");
    counted.allow("library in use", "okio");
    counted.allow("library in use", "guava");

    assertThat(allowed.excessOf(counted)).containsExactly("new library in use: guava");
  }

  @Test
  void nameIsAllowedUnderItsHeadingOnly() {
    allowed.allow("library in use", "okio");
    counted.allow("class on the start path", "okio");

    assertThat(allowed.excessOf(counted)).containsExactly("new class on the start path: okio");
  }

  @Test
  void countAboveItsBoundIsReported() {
    allowed.bound("bytes zipped", 100);
    counted.bound("bytes zipped", 101);

    assertThat(allowed.excessOf(counted)).containsExactly("bytes zipped: 101, at most 100");
  }

  @Test
  void missingNameIsNoExcess() {
    allowed.allow("library in use", "okio");
    allowed.bound("bytes zipped", 100);
    counted.bound("bytes zipped", 99);

    assertThat(allowed.excessOf(counted)).isEmpty();
  }

  @Test
  void severalRunsAllowTheirUnion() {
    allowed.allow("library in use", "okio");
    allowed.bound("bytes zipped", 100);
    counted.allow("library in use", "guava");
    counted.bound("bytes zipped", 200);
    GateFile both = new GateFile();
    both.add(counted);
    both.add(allowed);

    assertThat(both.excessOf(allowed)).isEmpty();
    assertThat(both.excessOf(counted)).isEmpty();
  }

  @Test
  void wideningChangesBoundsOnly() {
    allowed.allow("library in use", "okio");
    allowed.bound("bytes zipped", 101);
    GateFile expected = new GateFile();
    expected.allow("library in use", "okio");
    expected.bound("bytes zipped", 112);

    assertThat(allowed.widened(0.1)).isEqualTo(expected);
  }

  @Test
  void writtenFileIsReadBack() throws Exception {
    allowed.allow("library in use", "okio");
    allowed.allow("class on the start path", "com.example.Main$Part");
    allowed.bound("bytes zipped", 100);
    Path file = folder.resolve("gate/http.txt");
    allowed.write(file);

    assertThat(GateFile.read(file)).isEqualTo(allowed);
  }
}
