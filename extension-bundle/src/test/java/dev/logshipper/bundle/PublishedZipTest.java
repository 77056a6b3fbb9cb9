package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.bundle.ScriptsCopy.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The choice of the zip that `scripts/publish` publishes.
class PublishedZipTest {
  private static final int UPLOAD_BYTES_MAX = 50 * 1024 * 1024;

  @TempDir Path folder;
  ScriptsCopy scripts;

  @BeforeEach
  void copy() throws IOException {
    scripts = ScriptsCopy.in(folder).built("x86_64", 1000);
  }

  @Test
  void missingLayerIsBuilt() throws Exception {
    Files.delete(scripts.zip("x86_64"));
    scripts.buildWith(
        "echo building; echo zip >extension-bundle/target/log-shipper-" + machine() + ".zip");

    Run dry = scripts.run("publish", "--region", "eu-west-1", "--dry-run");
    assertThat(dry.output().getFirst()).endsWith("/scripts/layer'");
    assertThat(scripts.zip(machine())).doesNotExist();

    Run run = scripts.run("publish", "--region", "eu-west-1");
    assertThat(run.output())
        .containsExactly(ScriptsCopy.arn("eu-west-1", "log-shipper-" + machine()));
    assertThat(run.errors()).contains("building");
  }

  @Test
  void layerThatCannotBeBuiltIsNotPublished() throws Exception {
    Files.delete(scripts.zip("x86_64"));
    scripts.buildWith("exit 1");

    scripts.runRejected("publish", "the layer could not be built", "--region", "eu-west-1");
  }

  @Test
  void missingLayerForTheOtherProcessorIsReported() throws Exception {
    String other = machine().equals("arm64") ? "x86_64" : "arm64";
    Files.deleteIfExists(scripts.zip(other));

    scripts.runRejected(
        "publish", "build it on " + other, "--region", "eu-west-1", "--arch", other);
  }

  @Test
  void bothLayersArePublishedInOneCall() throws Exception {
    scripts.built("arm64", 1000);

    Run run = scripts.run("publish", "--region", "eu-west-1,eu-west-2");

    assertThat(run.status()).isZero();
    assertThat(run.output())
        .containsExactly(
            ScriptsCopy.arn("eu-west-1", "log-shipper-x86_64"),
            ScriptsCopy.arn("eu-west-2", "log-shipper-x86_64"),
            ScriptsCopy.arn("eu-west-1", "log-shipper-arm64"),
            ScriptsCopy.arn("eu-west-2", "log-shipper-arm64"));
    assertThat(scripts.calls().getFirst())
        .contains("fileb://" + scripts.zip("x86_64"))
        .containsSubsequence("--compatible-architectures", "x86_64");
    assertThat(scripts.calls().getLast())
        .contains("fileb://" + scripts.zip("arm64"))
        .containsSubsequence("--compatible-architectures", "arm64");
  }

  @Test
  void oneOfTwoLayersIsPublishedOnRequest() throws Exception {
    scripts.built("arm64", 1000);

    Run run = scripts.run("publish", "--region", "eu-west-1", "--arch", "arm64");

    assertThat(run.output()).containsExactly(ScriptsCopy.arn("eu-west-1", "log-shipper-arm64"));
    assertThat(scripts.calls()).hasSize(1);
  }

  @Test
  void processorsAreAListInWhichEachCountsOnce() throws Exception {
    scripts.built("arm64", 1000);

    Run run =
        scripts.run(
            "publish", "--region", "eu-west-1", "--arch", "arm64,x86_64", "--arch", "arm64");

    assertThat(run.output())
        .containsExactly(
            ScriptsCopy.arn("eu-west-1", "log-shipper-arm64"),
            ScriptsCopy.arn("eu-west-1", "log-shipper-x86_64"));
  }

  @Test
  void nothingIsPublishedUnlessBothLayersAreThere() throws Exception {
    String other = machine().equals("arm64") ? "x86_64" : "arm64";
    Files.deleteIfExists(scripts.zip(other));
    scripts.built(machine(), 1000);

    scripts.runRejected(
        "publish", "build it on " + other, "--region", "eu-west-1", "--arch", "x86_64,arm64");
  }

  @Test
  void failureNamesTheProcessor() throws Exception {
    scripts.built("arm64", 1000);
    scripts.fail("publish-layer-version", "us-east-1", "An error occurred: no\n");

    Run run = scripts.run("publish", "--region", "us-east-1,eu-west-1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).hasSize(2);
    assertThat(run.errors()).endsWith("publish: failed: us-east-1 x86_64, us-east-1 arm64");
  }

  @Test
  void oneNameIsForOneProcessor() throws Exception {
    scripts.built("arm64", 1000);

    scripts.runRejected(
        "publish", "--name is for one processor", "--region", "eu-west-1", "--name", "logs");
    assertThat(
            scripts
                .run("publish", "--region", "eu-west-1", "--name", "logs", "--arch", "arm64")
                .output())
        .containsExactly(ScriptsCopy.arn("eu-west-1", "logs"));
  }

  @Test
  void layerTooLargeForADirectUploadIsRejected() throws Exception {
    scripts.built("x86_64", UPLOAD_BYTES_MAX + 1L);
    scripts.runRejected(
        "publish", "has 52428801 bytes, a direct upload at most 52428800", "--region", "eu-west-1");

    scripts.built("x86_64", UPLOAD_BYTES_MAX);
    assertThat(scripts.run("publish", "--region", "eu-west-1").status()).isZero();
  }

  @Test
  void anotherZipIsPublishedIfItIsALayer() throws Exception {
    Path zip = folder.resolve("slim.zip");
    try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(zip))) {
      entries.putNextEntry(new ZipEntry("extensions/log-shipper"));
    }

    Run run =
        scripts.run("publish", "--region", "eu-west-1", "--arch", "arm64", "--zip", zip.toString());

    assertThat(run.status()).isZero();
    assertThat(scripts.calls().getFirst()).contains("fileb://" + zip);
  }

  private static String machine() {
    return Processor.ofThisMachine().lambdaName();
  }
}
