package dev.logshipper.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a run was made on: figures of a busy machine are to be read as such.
///
/// @param load how many tasks wanted a core, over the minute before the run
record Machine(int cores, double load) {

  static Machine present() throws IOException {
    String averages = Files.readString(Path.of("/proc/loadavg"));
    double load = Double.parseDouble(averages.substring(0, averages.indexOf(' ')));
    return new Machine(Runtime.getRuntime().availableProcessors(), load);
  }

  String words() {
    return cores + " cores, on which " + Report.number(load) + " other tasks ran when it began";
  }
}
