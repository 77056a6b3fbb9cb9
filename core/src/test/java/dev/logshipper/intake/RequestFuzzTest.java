package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.http1.HttpInput;
import dev.logshipper.http1.MessageHead;
import dev.logshipper.testkit.Choices;
import dev.logshipper.testkit.CutStream;
import dev.logshipper.testkit.GeneratedCases;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Any bytes result in requests or in an error, however they arrive in pieces; and a valid request
/// is read as it was written, up to the beginning of the next.
class RequestFuzzTest {
  private static final int HEAD_BYTES_MAX = 16 * 1024;
  private static final int BODY_BYTES_MAX = 200;

  @Test
  void generatedRequestsAreReadAsTheyWereWritten() throws IOException {
    GeneratedCases.check(getClass(), 400, RequestFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    if (choices.flag()) {
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      List<String> written = new ArrayList<>();
      for (int count = choices.upTo(3); count > 0; count--) {
        written.add(writeRequest(choices, wire));
      }
      written.add("end");
      assertThat(read(new ByteArrayInputStream(wire.toByteArray()))).isEqualTo(written);
      parsesTheSameInChunks(wire.toByteArray(), choices);
    } else {
      Choices cuts = new Choices(Long.toString(choices.bits()).getBytes(UTF_8));
      parsesTheSameInChunks(choices.remaining(), cuts);
    }
  }

  private static void parsesTheSameInChunks(byte[] wire, Choices cuts) {
    assertThat(read(new CutStream(wire, cuts))).isEqualTo(read(new ByteArrayInputStream(wire)));
  }

  /// The requests of a connection, to its end.
  private static List<String> read(InputStream stream) {
    HttpInput in = new HttpInput(stream);
    ConnectionLimiter limiter = new ConnectionLimiter();
    RequestBody body = new RequestBody(in, requireNonNull(limiter.admit(new Socket())));
    List<String> seen = new ArrayList<>();
    try {
      MessageHead head = MessageHead.readRequest(in, HEAD_BYTES_MAX);
      while (head != null) {
        boolean whole = body.read(head);
        seen.add(head.method() + " " + new String(body.bytes(), 0, body.length(), ISO_8859_1));
        body.release();
        assertThat(limiter.reservedBytes()).isZero();
        head = whole ? MessageHead.readRequest(in, HEAD_BYTES_MAX) : null;
      }
      seen.add("end");
    } catch (IOException e) {
      seen.add(e.toString());
    }
    return seen;
  }

  private static String writeRequest(Choices choices, ByteArrayOutputStream wire) {
    String method = choices.oneOf("POST", "PUT", "x");
    byte[] body = choices.text(BODY_BYTES_MAX).getBytes(UTF_8);
    String eol = choices.oneOf("\r\n", "\n");
    boolean chunked = choices.flag();
    String version = chunked ? "1.1" : choices.oneOf("1.0", "1.1");
    write(method + " / HTTP/" + version + eol + "Any: " + choices.bits() + eol, wire);
    if (!chunked) {
      write(choices.oneOf("Content-Length:", "content-length: ") + body.length + eol + eol, wire);
      wire.writeBytes(body);
    } else {
      write("Transfer-Encoding: Chunked" + eol + eol, wire);
      writeChunks(body, eol, choices, wire);
    }
    return method + " " + new String(body, ISO_8859_1);
  }

  private static void writeChunks(
      byte[] body, String eol, Choices choices, ByteArrayOutputStream wire) {
    int from = 0;
    while (from < body.length) {
      int size = Math.min(body.length - from, 1 + choices.upTo(40));
      write(Integer.toHexString(size) + choices.oneOf("", ";name=value", " ") + eol, wire);
      wire.write(body, from, size);
      write(eol, wire);
      from += size;
    }
    write("0" + eol + choices.oneOf("", "Trailer: x" + eol) + eol, wire);
  }

  private static void write(String text, ByteArrayOutputStream wire) {
    wire.writeBytes(text.getBytes(UTF_8));
  }
}
