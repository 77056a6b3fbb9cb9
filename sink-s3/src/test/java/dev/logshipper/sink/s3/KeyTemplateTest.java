package dev.logshipper.sink.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTemplateTest {
  private static final KeyTemplate.Names NAMES =
      new KeyTemplate.Names(
          "My-Function_1",
          "$LATEST",
          "eu-west-1",
          S3Fixture.MILLIS,
          "env-uuid",
          "acme:1",
          "file-uuid");

  @ParameterizedTest
  @CsvSource({
    "{year}-{month}-{day}-{environment}/{function}-{millis}-{file}.log,"
        + " 2026-11-21-env-uuid/my-function_1-1795256130123-file-uuid.log",
    "{function}-{millis}-{file}.log, my-function_1-1795256130123-file-uuid.log",
    "logs/{function}/year={year}/month={month}/day={day}/hour={hour}/{file}.ndjson,"
        + " logs/my-function_1/year=2026/month=11/day=21/hour=10/file-uuid.ndjson",
    "{region}/{version}/{file}, eu-west-1/_LATEST/file-uuid",
    "{FILE}, file-uuid",
    "{tenant}/{file}, acme_3a1/file-uuid",
    "' {file} ', file-uuid",
  })
  void placeholdersAreFilled(String template, String key) {
    assertThat(template(template).fill(NAMES)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{year}/{month}.log",
        "{file}-{minute}",
        "{file",
        "{}{file}",
        "file}{file}",
        "/{file}",
        "a//{file}",
        "{file}/",
        "../{file}",
        "a/./{file}",
        "a\\{file}",
        "a\n{file}",
        "\u00e9{file}",
        "a|{file}",
      })
  void invalidTemplateIsReportedWithAllPlaceholders(String template) {
    Settings settings = settings(template);

    assertThat(settings.problems()).hasSize(1);
    assertThat(settings.problems().getFirst().message())
        .startsWith("PUSHER_S3_KEY=")
        .contains("{file}", "{hour}", "{environment}")
        .endsWith("; " + KeyTemplate.DEFAULT + " is used");
    assertThat(settings.get(S3Settings.KEY)).isSameAs(KeyTemplate.DEFAULT);
  }

  @Test
  void keyOfMaximumLengthIsAccepted() {
    // The id of a file has 36 characters.
    assertThat(settings("x".repeat(1020 - 36) + "{file}").problems()).isEmpty();
    assertThat(settings("x".repeat(1021 - 36) + "{file}").problems()).hasSize(1);
  }

  @Test
  void unusualNamesCreateNoFolders() {
    KeyTemplate.Names odd =
        new KeyTemplate.Names("a/../b\u00e9", "v".repeat(99), "", 0, "e", "", "f");

    assertThat(template("{function}/{version}/{year}{file}").fill(odd))
        .isEqualTo("a____b_/" + "v".repeat(20) + "/1970f");
  }

  @Test
  void tenantsHaveFoldersOfTheirOwn() {
    assertThat(tenants("acme", "acme_none", "", "..", "a/b", "a_2fb", "\u00e9", "A"))
        .containsExactly(
            "acme", "acme_5fnone", "_none", "_2e_2e", "a_2fb", "a_5f2fb", "_c3_a9", "A");
    assertThat(tenants(":".repeat(85), ":".repeat(86), ":".repeat(87)))
        .doesNotHaveDuplicates()
        .allSatisfy(folder -> assertThat(folder).hasSizeLessThanOrEqualTo(256));
  }

  private static List<String> tenants(String... ids) {
    KeyTemplate template = template("{tenant}/{file}");
    return Arrays.stream(ids)
        .map(id -> template.fill(new KeyTemplate.Names("f", "1", "r", 0, "e", id, "f")))
        .map(key -> key.substring(0, key.indexOf('/')))
        .toList();
  }

  private static KeyTemplate template(String text) {
    Settings settings = settings(text);
    assertThat(settings.problems()).isEmpty();
    return settings.get(S3Settings.KEY);
  }

  private static Settings settings(String template) {
    return Settings.of(Map.of("PUSHER_S3_KEY", template), List.of(S3Settings.KEY));
  }
}
