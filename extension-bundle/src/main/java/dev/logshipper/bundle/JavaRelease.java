package dev.logshipper.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Properties;

/// The release of Java that is packed into the layer. Its security updates appear each quarter and
/// reach users only with a new layer.
///
/// @param version with the build number
/// @param date of the release
record JavaRelease(String version, String vendor, LocalDate date) {
  /// A quarter, and a month for the vendor and for us.
  private static final int AGE_MONTHS_MAX = 4;

  /// Reads it from the system properties of a JVM.
  static JavaRelease of(Properties jvm) {
    return new JavaRelease(
        jvm.getProperty("java.runtime.version"),
        jvm.getProperty("java.vendor"),
        LocalDate.parse(jvm.getProperty("java.version.date")));
  }

  /// A warning if the release is older than four months on that day.
  Optional<String> warningOn(LocalDate today) {
    return date.plusMonths(AGE_MONTHS_MAX).isBefore(today)
        ? Optional.of(
            "warning: Java %s of %s is older than four months: build with a newer JDK, whose security fixes it lacks"
                .formatted(version, date))
        : Optional.empty();
  }

  /// Writes the layer's manifest, which is the same for each build with this release.
  void writeManifest(Path file, String layerVersion, String processor, String sinks)
      throws IOException {
    Files.writeString(
        file,
        """
        Version: %s
        Java-Version: %s
        Java-Vendor: %s
        Java-Date: %s
        Processor: %s
        Sinks: %s
        """
            .formatted(layerVersion, version, vendor, date, processor, sinks));
  }
}
