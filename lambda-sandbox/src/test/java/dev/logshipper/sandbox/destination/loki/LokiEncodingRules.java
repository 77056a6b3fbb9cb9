package dev.logshipper.sandbox.destination.loki;

import static dev.logshipper.sandbox.destination.loki.LokiPusher.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/// The encodings of a push. The stand-in and, if installed, a real Loki have to pass the same
/// tests.
public abstract class LokiEncodingRules extends LokiTestBase {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  @Test
  void noStreamsAre422() throws Exception {
    HttpResponse<String> response = pusher().push();

    assertStatus(422, response);
    assertThat(response.body())
        .isEqualTo("error at least one valid stream is required for ingestion\n");
    assertStatus(422, pusher().pushJson());
  }

  @Test
  void bytesThatAreNotSnappyAreRejected() throws Exception {
    HttpResponse<String> response =
        pusher().send(pusher().request("this is not snappy".getBytes(UTF_8), PROTOBUF));

    assertStatus(400, response);
    assertThat(response.body()).isEqualTo("snappy: corrupt input\n");
  }

  @Test
  void bytesThatAreNotProtobufAreRejected() throws Exception {
    byte[] endsTooEarly = {0x0a, 0x10, 0x01};

    assertStatus(400, pusher().send(pusher().request(Snappy.compress(endsTooEarly), PROTOBUF)));
  }

  @Test
  void jsonIsAcceptedWithItsMetadata() throws Exception {
    HttpResponse<String> response =
        pusher().pushJson(stream("{" + label() + "}", entry(nanos, "grüß", "id", "1")));

    assertStatus(204, response);
    assertThat(entries()).containsExactly(entry(nanos, "grüß", "id", "1"));
  }

  @Test
  void gzippedJsonIsAccepted() throws Exception {
    String json = LokiPusher.json(stream("{" + label() + "}", entry(nanos, "x")));

    HttpResponse<String> response =
        pusher()
            .send(
                pusher()
                    .request(LokiPusher.gzip(json.getBytes(UTF_8)), JSON + "; charset=utf-8")
                    .header("Content-Encoding", "gzip"));

    assertStatus(204, response);
    assertThat(kept()).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"%d\",\"x\",{\"status\":200}]",
        "[%d,\"x\"]",
        "[\"yesterday\",\"x\"]",
        "[\"%d\",7]",
        "[\"%d\",\"x\",[]]"
      })
  void jsonThatIsNotAPushIsRejected(String value) throws Exception {
    String json =
        "{\"streams\":[{\"stream\":{\"a\":\"json\"},\"values\":[" + value.formatted(nanos) + "]}]}";

    assertStatus(400, pusher().send(pusher().request(json.getBytes(UTF_8), JSON)));
  }

  @Test
  void snappyIsAcceptedAsTheContentEncoding() throws Exception {
    byte[] body =
        Snappy.compress(LokiPusher.protobuf(stream("{" + label() + "}", entry(nanos, "x"))));

    assertStatus(
        204, pusher().send(pusher().request(body, PROTOBUF).header("Content-Encoding", "snappy")));
    assertThat(kept()).containsExactly("x");
  }

  @Test
  void otherContentEncodingsAreRejected() throws Exception {
    byte[] body = Snappy.compress(LokiPusher.protobuf());

    HttpResponse<String> response =
        pusher().send(pusher().request(body, PROTOBUF).header("Content-Encoding", "br"));

    assertStatus(400, response);
    assertThat(response.body()).isEqualTo("Content-Encoding \"br\" not supported\n");
  }

  @Test
  void pushWithoutContentTypeIsRejected() throws Exception {
    HttpResponse<String> response =
        pusher().send(pusher().request(Snappy.compress(LokiPusher.protobuf())));

    assertStatus(400, response);
    assertThat(response.body()).isEqualTo("mime: no media type\n");
  }

  @Test
  void tenantIsIgnoredWithoutTenants() throws Exception {
    String json = LokiPusher.json(stream("{" + label() + "}", entry(nanos, "x")));

    assertStatus(
        204,
        pusher()
            .send(pusher().request(json.getBytes(UTF_8), JSON).header("X-Scope-OrgID", "tenant")));
    assertThat(kept()).containsExactly("x");
  }
}
