package dev.logshipper.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine of a run.
///
/// @param load runnable tasks on average in the minute before the run
public record Machine(int cores, double load) {

  public static Machine present() throws IOException {
    String averages = Files.readString(Path.of("/proc/loadavg"));
    double load = Double.parseDouble(averages.substring(0, averages.indexOf(' ')));
    return new Machine(Runtime.getRuntime().availableProcessors(), load);
  }

  public String description() {
    return cores + " cores with a load of " + ExperimentTable.number(load) + " before the run";
  }
}
