package dev.logshipper.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Checks a property with generated inputs, the same in each run. The property is also the entry
/// point of `scripts/fuzz parser`, which searches for further inputs; therefore it is static and
/// called `fuzzerTestOneInput` in each test that ends in `FuzzTest`.
public final class GeneratedCases {
  private static final long SEED = 20_261_121;
  private static final int BYTES_MAX_LOG2 = 10;

  private GeneratedCases() {}

  /// A property of every input.
  @FunctionalInterface
  public interface Property {
    /// Throws when the property does not hold.
    void holdsFor(byte[] input) throws Throwable;
  }

  /// Fails at the first input for which the property does not hold, and reports how to replay it.
  ///
  /// @param test names the file of the input
  public static void check(Class<?> test, int cases, Property property) throws IOException {
    Random random = new Random(SEED);
    for (int number = 0; number < cases; number++) {
      byte[] input = new byte[random.nextInt(2 << random.nextInt(BYTES_MAX_LOG2))];
      random.nextBytes(input);
      try {
        property.holdsFor(input);
      } catch (Throwable e) {
        Path kept = Path.of("target", "fuzz", test.getSimpleName() + "-case-" + number);
        Files.createDirectories(kept.getParent());
        Files.write(kept, input);
        throw new AssertionError(
            "does not hold; replay with: scripts/fuzz parser " + kept.toAbsolutePath(), e);
      }
    }
  }
}
