package dev.logshipper.sink.loki;

import static dev.logshipper.sink.loki.LokiFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Parsers.NameValue;
import dev.logshipper.config.Problem;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamLabelsTest {

  @Test
  void extraLabelsFollowTheRequiredOnes() {
    assertThat(labels("team , pay ,stage,blue").text())
        .isEqualTo(
            "{application=\"shop\", environment=\"prod\", lambda=\"function\", team=\"pay\","
                + " stage=\"blue\"}");
  }

  @Test
  void valuesAreEscapedAsInGo() {
    StreamLabels labels = labels("team,a \"b\" \\ \n\t\u0007 é😀");

    assertThat(labels.text()).endsWith("team=\"a \\\"b\\\" \\\\ \\u000a\\u0009\\u0007 é😀\"}");
    assertThat(labels.json()).endsWith("\"team\":\"a \\\"b\\\" \\\\ \\n\\t\\u0007 é😀\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team",
        "team,pay,stage",
        "te-am,pay",
        "1team,pay",
        "__team,pay",
        "té,pay",
        ",pay",
        "team,",
        "team,pay,",
        "team,pay,team,shop",
        "application,shop",
        "environment,prod",
        "lambda,x"
      })
  void invalidLabelsAreReportedWithTheExpectedForm(String text) {
    assertThat(problems("LOKI_EXTRA_LABELS", text))
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("LOKI_EXTRA_LABELS=" + text, "expected name,value,name,value", "it is ignored");
  }

  @ParameterizedTest
  @CsvSource({
    "'team=a,x=b', label 1 has a = instead of a comma",
    "team=a, label 1 has a = instead of a comma",
    "'a,b,c', 'label 2: a value has 1 to 2048 bytes'",
    "'a,b,1c,d', 'label 2: a name has letters, digits, _ and :, and begins with neither a digit nor"
        + " __'",
    "'a,b,a,d', label 2: the sink or a label before it has this name",
  })
  void wrongLabelIsNamedWithTheOneRuleThatItBreaks(String text, String reason) {
    assertThat(problems("LOKI_EXTRA_LABELS", text))
        .extracting(Problem::message)
        .containsExactly(
            "LOKI_EXTRA_LABELS="
                + text
                + ": "
                + reason
                + "; expected name,value,name,value; it is ignored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "_a,b", "a:b_C9,d", ":a,b", "service_name,x"})
  void validNamesAreAccepted(String text) {
    assertThat(problems("LOKI_EXTRA_LABELS", text)).isEmpty();
  }

  @Test
  void atMostFifteenNamesAreAccepted() {
    assertThat(problems("LOKI_EXTRA_LABELS", pairs(12))).isEmpty();
    assertThat(problems("LOKI_EXTRA_LABELS", pairs(13))).hasSize(1);
  }

  @Test
  void nameOfMaximumLengthIsAccepted() {
    assertThat(problems("LOKI_EXTRA_LABELS", "n".repeat(1024) + ",x")).isEmpty();
    assertThat(problems("LOKI_EXTRA_LABELS", "n".repeat(1025) + ",x")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"LOKI_EXTRA_LABELS, 'a,'", "LOKI_APPLICATION_LABEL, ''", "LOKI_ENV_LABEL, ''"})
  void valueOfMaximumLengthIsAccepted(String variable, String before) {
    assertThat(problems(variable, before + "é".repeat(1024))).isEmpty();
    assertThat(problems(variable, before + "é".repeat(1024) + "x")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"level,", "a,b,c,d,e", "a.b,a_b", "lambda", "application", "__a", "a,a"})
  void invalidFieldsAreReportedWithTheExpectedForm(String text) {
    assertThat(problems("PUSHER_LOKI_LABEL_FIELDS", text))
        .extracting(Problem::message)
        .singleElement()
        .asString()
        .contains("PUSHER_LOKI_LABEL_FIELDS=" + text, "expected at most 4 names", "it is ignored");
  }

  @Test
  void streamsWithLabelsOfFieldsDiffer() {
    List<String> names = List.of("level", "shop");
    StreamLabels warn = labels("team,pay").with(List.of(new NameValue("level", "WARN")), names);
    StreamLabels error = labels("team,pay").with(List.of(new NameValue("level", "ERROR")), names);
    StreamLabels none = labels("team,pay").with(List.of(), names);
    String quoted = error.text().toLowerCase(Locale.ROOT);

    assertThat(error.areQuotedIn(quoted)).isTrue();
    assertThat(warn.areQuotedIn(quoted)).isFalse();
    assertThat(none.areQuotedIn(quoted)).isFalse();
    assertThat(none.areQuotedIn(none.text().toLowerCase(Locale.ROOT))).isTrue();
  }

  private static String pairs(int count) {
    StringBuilder pairs = new StringBuilder("a0,b");
    for (int i = 1; i < count; i++) {
      pairs.append(",a").append(i).append(",b");
    }
    return pairs.toString();
  }

  private static List<Problem> problems(String variable, String value) {
    return settings("http://a", variable, value).problems();
  }

  private static StreamLabels labels(String extra) {
    return StreamLabels.of(settings("http://a", "LOKI_EXTRA_LABELS", extra), "function");
  }
}
