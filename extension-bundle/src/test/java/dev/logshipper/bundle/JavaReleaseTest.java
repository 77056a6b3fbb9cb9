package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaReleaseTest {
  private static final JavaRelease RELEASE =
      new JavaRelease("25.0.3+9-LTS", "Eclipse Adoptium", LocalDate.parse("2026-04-21"));

  @TempDir Path folder;

  @Test
  void releaseOfExactlyFourMonthsIsNotWarnedAbout() {
    assertThat(RELEASE.warningOn(LocalDate.parse("2026-08-21"))).isEmpty();
  }

  @Test
  void releaseOlderThanFourMonthsIsWarnedAboutInOneLine() {
    assertThat(RELEASE.warningOn(LocalDate.parse("2026-08-22")))
        .hasValue(
            "warning: Java 25.0.3+9-LTS of 2026-04-21 is older than four months: build with a newer JDK, whose"
                + " security fixes it lacks");
  }

  @Test
  void releaseIsThatOfTheRunningJvm() {
    JavaRelease release = JavaRelease.of(System.getProperties());

    assertThat(release.version()).isEqualTo(Runtime.version().toString());
    assertThat(release.vendor()).isNotBlank();
    assertThat(release.date()).isAfter("2025-09-01");
  }

  @Test
  void manifestNamesVersionJavaProcessorAndSinks() throws Exception {
    Path file = folder.resolve("manifest");

    RELEASE.writeManifest(file, "1.2.0", "arm64", "http, loki");

    assertThat(file)
        .hasContent(
            """
            Version: 1.2.0
            Java-Version: 25.0.3+9-LTS
            Java-Vendor: Eclipse Adoptium
            Java-Date: 2026-04-21
            Processor: arm64
            Sinks: http, loki
            """);
  }
}
