package dev.logshipper.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.platform.PlatformConnection.Response;
import dev.logshipper.testkit.Choices;
import dev.logshipper.testkit.CutStream;
import dev.logshipper.testkit.GeneratedCases;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Any bytes result in a response or an `IOException`, however they arrive; and a valid response is
/// read as it was written.
class PlatformConnectionFuzzTest {

  @Test
  void generatedResponsesAreReadAsTheyWereWritten() throws IOException {
    GeneratedCases.check(getClass(), 1000, PlatformConnectionFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    if (choices.flag()) {
      Response written =
          new Response(100 + choices.upTo(899), choices.oneOf("", "id-7"), choices.text(200));
      byte[] wire = wire(written, choices);
      assertThat(read(new ByteArrayInputStream(wire))).isEqualTo(written.toString());
      assertThat(read(new CutStream(wire, choices))).isEqualTo(written.toString());
    } else {
      Choices cuts = new Choices(Long.toString(choices.bits()).getBytes(UTF_8));
      byte[] wire = choices.remaining();
      if (wire.length > 0) {
        assertThat(read(new CutStream(wire, cuts))).isEqualTo(read(new ByteArrayInputStream(wire)));
      }
    }
  }

  private static String read(InputStream in) {
    try {
      return new PlatformConnection("unused", in, OutputStream.nullOutputStream())
          .receive()
          .toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static byte[] wire(Response response, Choices choices) {
    byte[] body = response.body().getBytes(UTF_8);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    write("HTTP/1.1 " + response.status() + " As you like\r\n", wire);
    if (!response.identifier().isEmpty()) {
      write("lambda-extension-identifier: " + response.identifier() + "\r\n", wire);
    }
    switch (choices.upTo(2)) {
      case 0 -> write("Content-Length: " + body.length + "\r\n\r\n", wire);
      case 1 -> write("Connection: close\r\n\r\n", wire);
      default -> {
        write("Transfer-Encoding: chunked\r\n\r\n", wire);
        int half = body.length / 2;
        writeChunk(Arrays.copyOf(body, half), wire);
        writeChunk(Arrays.copyOfRange(body, half, body.length), wire);
        write("0\r\n\r\n", wire);
        return wire.toByteArray();
      }
    }
    wire.writeBytes(body);
    return wire.toByteArray();
  }

  private static void writeChunk(byte[] chunk, ByteArrayOutputStream wire) {
    if (chunk.length > 0) {
      write(Integer.toHexString(chunk.length) + "\r\n", wire);
      wire.writeBytes(chunk);
      write("\r\n", wire);
    }
  }

  private static void write(String text, ByteArrayOutputStream wire) {
    wire.writeBytes(text.getBytes(UTF_8));
  }
}
