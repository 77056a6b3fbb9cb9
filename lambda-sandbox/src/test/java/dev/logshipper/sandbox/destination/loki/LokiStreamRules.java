package dev.logshipper.sandbox.destination.loki;

import static dev.logshipper.sandbox.destination.loki.LokiPusher.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The handling of labels and structured metadata by a Loki with default limits. The stand-in and,
/// if installed, a real one have to pass the same tests.
public abstract class LokiStreamRules extends LokiTestBase {
  @Test
  void fifteenLabelNamesAreStored() throws Exception {
    assertStatus(204, pusher().push(stream(labels(15), entry(nanos, "x"))));

    assertThat(kept()).containsExactly("x");
  }

  @Test
  void sixteenLabelNamesAreRejectedAndTheOtherStreamIsStored() throws Exception {
    HttpResponse<String> response =
        pusher()
            .push(
                stream(labels(16), entry(nanos, "x")),
                stream("{" + label() + "}", entry(nanos, "good")));

    assertStatus(400, response);
    assertThat(response.body()).contains("has 16 label names; limit 15");
    assertThat(kept()).containsExactly("good");
  }

  @Test
  void serviceNameIsNotCounted() throws Exception {
    String labels = labels(15).replace("}", ", service_name=\"s\"}");

    assertStatus(204, pusher().push(stream(labels, entry(nanos, "x"))));
  }

  @Test
  void labelNameWithADashLosesTheValidStreamToo() throws Exception {
    HttpResponse<String> response =
        pusher()
            .push(
                stream("{" + label() + "}", entry(nanos, "good")),
                stream("{" + label() + ", a-b=\"c\"}", entry(nanos, "bad")));

    assertStatus(400, response);
    assertThat(response.body()).startsWith("couldn't parse labels: 1:");
    assertThat(kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{a=b}",
        "{a=\"b\"",
        "a=\"b\"}",
        "{a=\"b\" c=\"d\"}",
        "{a=\"b}",
        "{1a=\"b\"}",
        "{a\"b\"}",
        "{a=\"\\q\"}",
        "{a=\"b\"} x",
        "{a=\"\\xg0\"}",
        "{,}",
        "{a=\"b\",,}",
        "{a:b=\"c\"}"
      })
  void labelsThatCannotBeParsedAreRejected(String labels) throws Exception {
    HttpResponse<String> response = pusher().push(stream(labels, entry(nanos, "x")));

    assertStatus(400, response);
    assertThat(response.body()).startsWith("couldn't parse labels: ");
  }

  @Test
  void escapesInValuesAreDecoded() throws Exception {
    String labels = " { " + label() + " , a = \"\\\"\\\\\\n\\t\\x41\\101\\u00e9\" ,b='\"',c=`\\`,}";

    assertStatus(204, pusher().push(stream(labels, entry(nanos, "x"))));

    assertThat(ownStreams()).hasSize(1);
    assertThat(ownStreams().getFirst().labels())
        .containsEntry("a", "\"\\\n\tAAé")
        .containsEntry("b", "\"")
        .containsEntry("c", "\\");
  }

  @Test
  void orderAndEmptyLabelsDoNotDistinguishStreams() throws Exception {
    assertStatus(204, pusher().push(stream("{a=\"1\"," + label() + "}", entry(nanos, "x"))));
    assertStatus(204, pusher().push(stream("{" + label() + ",b=\"\",a=\"1\"}", entry(nanos, "y"))));

    assertThat(ownStreams()).hasSize(1);
    assertThat(ownStreams().getFirst().labels()).containsOnlyKeys("a", "test");
  }

  @Test
  void duplicateNameIsRejected() throws Exception {
    HttpResponse<String> response =
        pusher().push(stream("{" + label() + ", a=\"1\", a=\"2\"}", entry(nanos, "x")));

    assertStatus(400, response);
    assertThat(response.body()).contains("has duplicate label name: 'a'");
    assertThat(kept()).isEmpty();
  }

  @Test
  void labelValueOf2048BytesIsStored() throws Exception {
    String labels = "{" + label() + ", long=\"" + "é".repeat(1024) + "\"}";

    assertStatus(204, pusher().push(stream(labels, entry(nanos, "x"))));
  }

  @Test
  void labelValueOf2049BytesIsRejectedAndTheOtherStreamIsStored() throws Exception {
    HttpResponse<String> response =
        pusher()
            .push(
                stream("{" + label() + ", long=\"" + "v".repeat(2049) + "\"}", entry(nanos, "bad")),
                stream("{" + label() + "}", entry(nanos, "good")));

    assertStatus(400, response);
    assertThat(response.body()).contains("has label value too long: 'vvv");
    assertThat(kept()).containsExactly("good");
  }

  @Test
  void labelNameOf1025BytesIsRejected() throws Exception {
    String labels = "{" + label() + ", " + "n".repeat(1025) + "=\"v\"}";

    HttpResponse<String> response = pusher().push(stream(labels, entry(nanos, "bad")));

    assertStatus(400, response);
    assertThat(response.body()).contains("has label name too long: 'nnn");
  }

  @Test
  void emptySetOfLabelsIsAccepted() throws Exception {
    assertStatus(204, pusher().push(stream("{}", entry(nanos, "without labels"))));

    assertThat(streams().stream().filter(stream -> stream.labels().isEmpty()))
        .singleElement()
        .satisfies(stream ->
            assertThat(stream.entries()).extracting(LokiEntry::line).contains("without labels"));
  }

  @Test
  void streamWithoutEntriesIsSkipped() throws Exception {
    assertStatus(204, pusher().push(stream("{" + label() + "}")));

    assertThat(ownStreams()).isEmpty();
  }

  @Test
  void metadataIsReadBack() throws Exception {
    assertStatus(204, push(entry(nanos, "x", "requestId", "8f-1", "empty", "")));

    assertThat(entries()).hasSize(1);
    assertThat(entries().getFirst().metadata()).containsEntry("requestId", "8f-1");
  }

  @Test
  void metadataNamesAreMadeValid() throws Exception {
    assertStatus(204, push(entry(nanos, "x", "request-id", "1", "x..y", "2", "3rd", "3")));

    assertThat(entries().getFirst().metadata()).containsOnlyKeys("request_id", "x_y", "key_3rd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--"})
  void metadataWithoutANameFailsTheWholePush(String name) throws Exception {
    assertStatus(500, push(entry(nanos, "good"), entry(nanos + 1, "bad", name, "1")));

    assertThat(kept()).isEmpty();
  }

  @Test
  void entryWith128PairsOfMetadataIsStoredAndWith129Rejected() throws Exception {
    HttpResponse<String> response =
        push(new LokiEntry(nanos, "good", pairs(128)), new LokiEntry(nanos + 1, "bad", pairs(129)));

    assertStatus(400, response);
    assertThat(response.body())
        .contains("has too many structured metadata labels: '129', limit: '128'.");
    assertThat(kept()).containsExactly("good");
  }

  @Test
  void metadataOf64KilobytesIsStoredAndMoreRejected() throws Exception {
    HttpResponse<String> response =
        push(
            entry(nanos, "good", "m", "x".repeat(65_535)),
            entry(nanos + 1, "bad", "m", "x".repeat(65_536)));

    assertStatus(400, response);
    assertThat(response.body())
        .contains("has structured metadata too large: '65537' bytes, limit: '65536' bytes.");
    assertThat(kept()).containsExactly("good");
  }

  /// This number of labels in all.
  private String labels(int count) {
    return IntStream.range(1, count)
        .mapToObj(i -> ", l" + i + "=\"v\"")
        .collect(Collectors.joining("", "{" + label(), "}"));
  }

  private static Map<String, String> pairs(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "m" + i, _ -> "v"));
  }
}
