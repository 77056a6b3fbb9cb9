package dev.logshipper.sandbox.destination.realservers;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// Skips a test with a reason.
final class Skip {
  private Skip() {}

  static void unlessInstalled(Program program) {
    Optional<String> absence = program.absence(System.getenv());
    absence.ifPresent(System.out::println);
    Assumptions.assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
  }
}
