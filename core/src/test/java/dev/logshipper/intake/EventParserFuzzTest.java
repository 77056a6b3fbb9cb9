package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.sink.LogRecord;
import dev.logshipper.sink.support.text.JsonException;
import dev.logshipper.sink.support.text.JsonReader;
import dev.logshipper.testkit.Choices;
import dev.logshipper.testkit.GeneratedCases;
import dev.logshipper.testkit.JsonTexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// No body makes the parser fail or invent records, and one bad event never costs its neighbours.
class EventParserFuzzTest {
  private static final int NEIGHBOURS_MAX = 3;

  @Test
  void generatedBodiesLoseOnlyDamagedEvents() throws IOException {
    GeneratedCases.check(getClass(), 1000, EventParserFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    if (choices.flag()) {
      readsAnyBody(choices.remaining());
    } else {
      sparesTheNeighboursOfADamagedEvent(choices);
    }
  }

  private static void readsAnyBody(byte[] body) {
    Parsed delivery = parse(body, body.length);
    long objects = new String(body, UTF_8).chars().filter(c -> c == '{').count();
    assertThat(delivery.records()).hasSizeLessThanOrEqualTo((int) objects);
    assertThat(delivery.droppedByPlatform()).isNotNegative();

    // What an earlier, longer body left in the buffer is no part of this one.
    byte[] buffer = Arrays.copyOf(body, body.length + 16);
    Arrays.fill(buffer, body.length, buffer.length, (byte) '"');
    assertThat(described(parse(buffer, body.length))).isEqualTo(described(delivery));
  }

  private static void sparesTheNeighboursOfADamagedEvent(Choices choices) {
    List<String> before = events(choices);
    List<String> after = events(choices);
    byte[] damaged = choices.damaged(event(choices));

    Parsed delivery = parse(body(before, damaged, after));

    List<String> records = described(delivery);
    List<String> first = aloneOf(before);
    List<String> last = aloneOf(after);
    assertThat(records.subList(0, first.size())).isEqualTo(first);
    if (isOneValue(damaged)) {
      int own = records.size() - first.size() - last.size();
      assertThat(own).isBetween(0, 1);
      assertThat(records.subList(first.size() + own, records.size())).isEqualTo(last);
      assertThat(delivery.malformed()).isEqualTo(1 - own);
    }
  }

  private static List<String> events(Choices choices) {
    List<String> events = new ArrayList<>();
    for (int count = choices.upTo(NEIGHBOURS_MAX); count > 0; count--) {
      events.add(event(choices));
    }
    return events;
  }

  private static String event(Choices choices) {
    String type =
        choices.oneOf(
            "function",
            "extension",
            "platform.start",
            "platform.runtimeDone",
            "platform.report",
            "platform.logsDropped",
            "x" + choices.text(4));
    String space = JsonTexts.space(choices);
    List<String> members = new ArrayList<>();
    members.add(member("time", JsonTexts.string(choices.text(6), choices), space));
    members.add(member("type", JsonTexts.string(type, choices), space));
    members.add(choices.upTo(members.size()), member("record", JsonTexts.value(choices), space));
    return space + "{" + String.join(space + ",", members) + "}" + space;
  }

  private static String member(String name, String value, String space) {
    return "\"" + name + "\"" + space + ":" + space + value;
  }

  private static byte[] body(List<String> before, byte[] damaged, List<String> after) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write('[');
    for (String event : before) {
      body.writeBytes((event + ",").getBytes(UTF_8));
    }
    body.writeBytes(damaged);
    for (String event : after) {
      body.writeBytes(("," + event).getBytes(UTF_8));
    }
    body.write(']');
    return body.toByteArray();
  }

  /// The records of good events, each from a body of its own.
  private static List<String> aloneOf(List<String> events) {
    List<String> records = new ArrayList<>();
    for (String event : events) {
      Parsed delivery = parse(("[" + event + "]").getBytes(UTF_8));
      assertThat(delivery.malformed()).as(event).isZero();
      assertThat(delivery.records()).as(event).hasSize(1);
      records.addAll(described(delivery));
    }
    return records;
  }

  private static boolean isOneValue(byte[] text) {
    try {
      JsonReader json = new JsonReader(text);
      json.skipValue();
      return json.atEnd();
    } catch (JsonException _) {
      return false;
    }
  }

  private static List<String> described(Parsed delivery) {
    List<String> records = new ArrayList<>();
    for (LogRecord record : delivery.records()) {
      String kind = record.isJson() ? " json " : " text ";
      records.add(record.time() + " " + record.type() + kind + record.text());
      assertThat(record.text().getBytes(UTF_8)).hasSize(record.sizeBytes());
    }
    return records;
  }

  private static Parsed parse(byte[] body) {
    return parse(body, body.length);
  }

  private static Parsed parse(byte[] body, int length) {
    return Parsed.of(
        new EventParser(Set.of("function", "platform", "extension"), false), body, length);
  }
}
