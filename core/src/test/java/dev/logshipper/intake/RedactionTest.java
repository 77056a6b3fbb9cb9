package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.logshipper.http1.HttpException;
import dev.logshipper.http1.HttpInput;
import dev.logshipper.http1.MessageHead;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.testkit.Canary;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Neither results nor errors of a delivery show its lines.
class RedactionTest {
  private static final String BODY =
      """
      [{"time":"2026-11-21T10:15:30.123Z","type":"function","record":"%1$s"},
       {"type":"function","record":{"message":"%1$s","requestId":"%1$s"}},{"%1$s":%1$s}]\
      """
          .formatted(Canary.WORD);

  @Test
  void deliveryShowsNoLineWhereverItIsCutOff() {
    byte[] body = BODY.getBytes(UTF_8);
    for (int length = 0; length <= body.length; length++) {
      Parsed parsed = Parsed.of(new EventParser(Set.of("function"), false), body, length);
      Canary.isNotIn(parsed.delivery(), parsed.records());
    }
    assertThat(Parsed.of(new EventParser(Set.of("function"), false), body, body.length).records())
        .hasSize(2);
  }

  @Test
  void invalidJsonIsNotShown() {
    JsonReader json = new JsonReader((Canary.WORD + "\\" + Canary.WORD).getBytes(UTF_8));

    Canary.isNotIn(
        json,
        catchThrowable(json::string),
        catchThrowable(() -> json.expect('[')),
        catchThrowable(json::find),
        catchThrowable(json::number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Canary.WORD + "\n",
        "POST / HTTP/1.1\nContent-Length: " + Canary.WORD + "\n\n",
        "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n" + Canary.WORD + "\n"
      })
  void malformedRequestIsNotShown(String request) {
    HttpInput in = input(request.getBytes(UTF_8));
    RequestBody body =
        new RequestBody(in, requireNonNull(new ConnectionLimiter().admit(new Socket())));

    Throwable failure =
        catchThrowable(() -> body.read(requireNonNull(MessageHead.readRequest(in, 16 * 1024))));

    assertThat(failure).isInstanceOf(HttpException.class);
    Canary.isNotIn(failure, in, body);
  }

  @Test
  void requestThatIsTooLargeIsNotShown() {
    byte[] endless = new byte[100_000];
    Arrays.fill(endless, (byte) 'x');
    System.arraycopy(Canary.WORD.getBytes(UTF_8), 0, endless, 0, Canary.WORD.length());

    Canary.isNotIn(catchThrowable(() -> MessageHead.readRequest(input(endless), 16 * 1024)));
  }

  private static HttpInput input(byte[] bytes) {
    return new HttpInput(new ByteArrayInputStream(bytes));
  }
}
