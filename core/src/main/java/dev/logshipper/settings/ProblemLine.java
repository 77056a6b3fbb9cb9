package dev.logshipper.settings;

import dev.logshipper.config.Problem;
import java.util.List;

/// The line that names all problems of an environment. Loaded only if there are any.
///
/// @param fails whether initialization fails, so that no value is in effect
record ProblemLine(List<Problem> problems, boolean fails) {

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    line.append(problems.size());
    line.append(problems.size() == 1 ? " configuration problem" : " configuration problems");
    String separator = ": ";
    for (Problem problem : problems) {
      line.append(separator).append(fails ? problem.cause() : problem.message());
      separator = " | ";
    }
    return line + (fails ? "; initialization fails (PUSHER_ON_ERROR=fail)" : "");
  }
}
