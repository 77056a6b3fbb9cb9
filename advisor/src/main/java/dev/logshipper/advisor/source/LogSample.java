package dev.logshipper.advisor.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;

/// Lines that a function wrote.
///
/// @param lines none of them empty
public record LogSample(List<String> lines) {
  /// The longest line that Lambda delivers in one piece.
  public static final int LINE_BYTES_MAX = 262_144;

  /// No lines.
  public static final LogSample NONE = new LogSample(List.of());

  public LogSample {
    lines = List.copyOf(lines);
  }

  /// The lines of a file.
  ///
  /// @throws WrongUsage if it cannot be read, or has no line or one that is too long
  public static LogSample read(Path file) {
    LogSample sample =
        new LogSample(TextFile.read(file).lines().filter(line -> !line.isBlank()).toList());
    if (sample.lines.isEmpty()) {
      throw new WrongUsage(file + " has no lines");
    }
    if (sample.lines.stream().anyMatch(line -> bytes(line) > LINE_BYTES_MAX)) {
      throw new WrongUsage(file + " has a line of more than " + LINE_BYTES_MAX + " bytes");
    }
    return sample;
  }

  /// The mean length of a line; the given one without lines.
  public int lineBytes(int none) {
    return (int) Math.round(lines.stream().mapToInt(LogSample::bytes).average().orElse(none));
  }

  private static int bytes(String line) {
    return line.getBytes(UTF_8).length;
  }
}
