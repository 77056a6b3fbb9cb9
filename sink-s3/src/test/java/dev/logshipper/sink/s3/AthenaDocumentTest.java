package dev.logshipper.sink.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The table of `docs/sinks/s3.md` finds the objects that the key of the same page gives.
class AthenaDocumentTest {
  @Test
  void keyLiesInThePartitionOfItsFunctionAndHour() throws IOException {
    String document = Files.readString(Path.of("../docs/sinks/s3.md"));
    Settings settings =
        Settings.of(
            Map.of("PUSHER_S3_KEY", found(document, "PUSHER_S3_KEY=(\\S+)")),
            List.of(S3Settings.KEY));
    String location = found(document, "'storage\\.location\\.template' = 's3://example-logs/(.+)'");

    String key =
        settings
            .get(S3Settings.KEY)
            .fill(
                new KeyTemplate.Names(
                    "Orders", "$LATEST", "eu-west-1", S3Fixture.MILLIS, "e", "", "file-uuid"));

    assertThat(settings.problems()).isEmpty();
    assertThat(key)
        .startsWith(location.replace("${fn}", "orders").replace("${datehour}", "2026/11/21/10"))
        .doesNotContain("${");
    assertThat(document).contains("'projection.datehour.format' = 'yyyy/MM/dd/HH'");
  }

  private static String found(String document, String expression) {
    Matcher matcher = Pattern.compile(expression).matcher(document);
    assertThat(matcher.find()).as(expression).isTrue();
    return matcher.group(1);
  }
}
