package dev.logshipper.bench.result;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// All values of a run, one JSON object per line, written as soon as they are known.
public final class RawResults implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final BufferedWriter out;

  /// Opens the file, replacing an existing one.
  public RawResults(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
  }

  public void add(Measurement measurement) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("table", measurement.table()).put("candidate", measurement.candidate());
    line.put("repetition", measurement.repetition());
    line.put("figure", measurement.figure().name()).put("unit", measurement.figure().unit());
    line.put("value", measurement.value());
    out.write(JSON.writeValueAsString(line));
    out.newLine();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
