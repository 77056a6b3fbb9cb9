package dev.logshipper.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reads a function by a stand-in for AWS's command line.
class AwsFunctionTest {
  private static final String FUNCTION =
      """
      #!/bin/bash
      echo "$*" >"${0%/*}/called"
      cat <<'END'
      {"FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:f", "MemorySize": 128, "Timeout": 30,
       "PackageType": "Zip", "Architectures": ["x86_64"],
       "Layers": [{"Arn": "arn:aws:lambda:us-east-1:123456789012:layer:log-shipper-x86_64:1"}],
       "Environment": {"Variables": {"PUSHER_MODE": "loki", "LOKI_PASSWORD": "hunter2"}}}
      END
      """;

  @TempDir Path folder;

  private CommandRun doctor(String... options) throws Exception {
    String[] words = new String[3 + options.length];
    System.arraycopy(new String[] {"doctor", "--function", "f"}, 0, words, 0, 3);
    System.arraycopy(options, 0, words, 3, options.length);
    return CommandRun.in(Map.of("PATH", folder.toString()), words);
  }

  private void aws(String script) throws IOException {
    Path aws = Files.writeString(folder.resolve("aws"), script);
    Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void deployedFunctionIsChecked() throws Exception {
    aws(FUNCTION);

    CommandRun run = doctor("--region", "eu-west-1");

    assertThat(run.status()).as(run.errors()).isOne();
    assertThat(run.output())
        .contains(
            "LOKI_ENDPOINT_URL is not set",
            "the layer is in another region than the function (eu-west-1)",
            "128 MB of memory",
            "loki: LOKI_PASSWORD=*** (set)")
        .doesNotContain("hunter2");
    assertThat(folder.resolve("called"))
        .hasContent(
            "lambda get-function-configuration --function-name f --output json --region eu-west-1");
  }

  @Test
  void failureOfTheCommandIsOneLine() throws Exception {
    aws(
        "#!/bin/bash\necho >&2\necho 'An error occurred (AccessDenied)' >&2\necho more >&2\nexit 254\n");

    CommandRun run = doctor();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors())
        .hasLineCount(1)
        .contains("aws failed: An error occurred (AccessDenied)");
  }

  @Test
  void outputThatIsNoFunctionIsWrongUsage() throws Exception {
    aws("#!/bin/bash\necho null\n");

    assertThat(doctor().errors()).hasLineCount(1).contains("describes no function");
  }

  @Test
  void missingCommandIsNamed() throws Exception {
    CommandRun run = doctor();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).hasLineCount(1).contains("--function needs the command aws");
  }
}
