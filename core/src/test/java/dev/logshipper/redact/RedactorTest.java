package dev.logshipper.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.select.RecordPattern;
import dev.logshipper.sink.LogRecord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private static final String TIME = "2026-11-21T10:15:30.123Z";
  private static final String JWT =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0"
          + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String KEY_BODY =
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8c";

  private final Redactor redactor =
      new Redactor(EnumSet.allOf(RedactionKind.class), List.of(), null);

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "paid with 4111111111111111 => paid with [card]",
        "paid with 4111 1111 1111 1111, thanks => paid with [card], thanks",
        "paid with 4111-1111-1111-1111. => paid with [card].",
        "amex 3782 822463 10005 12/27 => amex [card] 12/27",
        "amex 378282246310005 => amex [card]",
        "old 4222222222222 => old [card]",
        "mc 5555555555554444 mc 2223003122003222 => mc [card] mc [card]",
        "diners 30569309025904 => diners [card]",
        "卡号4111111111111111。 => 卡号[card]。",
        "to DE89370400440532013000 => to [iban]",
        "to DE89 3704 0044 0532 0130 00 today => to [iban] today",
        "to gb82west12345698765432 => to [iban]",
        "mail john.doe+news@mail.example.com. => mail [email].",
        "user=john@example.com;id=1 => user=[email];id=1",
        "?email=john%40example.com&x=1 => ?email=[email]&x=1",
        "联系邮箱john@example.com，谢谢 => 联系邮箱[email]，谢谢",
        "mail jörg@müller.de now => mail [email] now",
        "Authorization: Bearer abc => Authorization: Bearer [bearer]",
        "got bearer 8d3f-9a7b_c1 => got bearer [bearer]",
        "Authorization: Basic dTpw => Authorization: Basic [basic]",
        "header Basic YWxpY2U6c2VjcmV0 => header Basic [basic]",
        "key AKIAIOSFODNN7EXAMPLE used => key [aws-key] used",
        "AWS_SECRET_ACCESS_KEY=" + SECRET + " => AWS_SECRET_ACCESS_KEY=[aws-key]",
        "secretAccessKey: '" + SECRET + "' => secretAccessKey: '[aws-key]'",
        "token " + JWT + " ok => token [jwt] ok",
        "ssn 078-05-1120, => ssn [ssn],",
        "from 10.1.2.3:443 => from [ipv4]:443",
        "peer /127.0.0.1:80 and [fe80::1%eth0]:80 => peer /[ipv4]:80 and [[ipv6]%eth0]:80",
        "from 2001:db8:0:0:0:ff00:42:8329 to ::1 => from [ipv6] to [ipv6]",
        "mapped ::ffff:10.0.0.1 addr:fe80::1 => mapped [ipv6] addr:[ipv6]",
      })
  void replacesValues(String line, String expected) {
    assertThat(text(line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "START RequestId: 459921b5-681c-4a96-beb0-81e0aa586026 Version: $LATEST",
        "2026-11-21T10:15:30.123456789Z took 12.4111111111111111 ms",
        "order 4111111111111112",
        "id 94111111111111111194111111111111111",
        "call +4111111111111111 or +49 171 1234567",
        "hash d41d8cd98f00b204e9800998ecf8427e",
        "trace Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
        "at 1700000000000 and 1700000000000000000",
        "lodash@4.17.21 root@localhost icon@2x.png @types/node",
        "bearer of bad news; Bearer authentication failed; Basic authentication required",
        "version 1.2.3.4, v1.2.3.4, Chrome/120.0.0.0 Safari/537.36, 1.2.3.4.5",
        "std::string a::b 10:15:30 aa:bb:cc:dd:ee:ff arn:aws:s3:::bucket/x",
        "arn:aws:lambda:us-east-1::runtime:0cdcfbdefbc5e7d3343f73c2e2dd3cba",
        "arn:aws:iam::123456789012:role/x",
        "000-12-3456 666-12-3456 900-12-3456 123-00-4567 1-123-45-6789",
        "-----BEGIN CERTIFICATE-----",
        "eyJub3QiOiJhIGp3dCJ9.eyJ4Ijox.abc",
        "DE89370400440532013001",
      })
  void keepsOtherText(String line) {
    LogRecord record = LogRecord.text(TIME, "function", "id", line.getBytes(UTF_8));
    assertThat(redactor.apply(record)).isSameAs(record);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{\"a\" : \"x 4111111111111111\",\t \"b\":1.50} => {\"a\" : \"x [card]\",\t \"b\":1.50}",
        "{\"card\": 4111111111111111 ,\"n\":2} => {\"card\": \"[card]\" ,\"n\":2}",
        "[4111111111111111,1] => [\"[card]\",1]",
        "{\"m\":\"john\\u0040example.com\"} => {\"m\":\"[email]\"}",
        "{\"m\":\"a\\njohn@example.com\\tb\"} => {\"m\":\"a\\n[email]\\tb\"}",
        "{\"john@example.com\":3} => {\"[email]\":3}",
        "{\"m\":\"{\\\"card\\\":4111111111111111}\"} => {\"m\":\"{\\\"card\\\":\\\"[card]\\\"}\"}",
        "{\"m\":\"{\\\"to\\\":\\\"j\\\\u0040x.com\\\"}\"} => {\"m\":\"{\\\"to\\\":\\\"[email]\\\"}\"}",
        "{\"SecretAccessKey\":\"" + SECRET + "\"} => {\"SecretAccessKey\":\"[aws-key]\"}",
        "{\"SecretAccessKey\":\"wJalrXUtnFEMI\\/K7MDENG\\/bPxRfiCYEXAMPLEKEY\"}"
            + " => {\"SecretAccessKey\":\"[aws-key]\"}",
        "{\"authorization\":[\"Bearer abc\"]} => {\"authorization\":[\"Bearer [bearer]\"]}",
        "{\"k\":\"-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----\\n\",\"n\":1}"
            + " => {\"k\":\"[private-key]\\n\",\"n\":1}",
        "{\"k\":\"-----BEGIN PRIVATE KEY-----\\nMII\",\"n\":1,\"o\":\"x\"}"
            + " => {\"k\":\"[private-key]\",\"n\":\"[private-key]\",\"o\":\"[private-key]\"}",
      })
  void replacesValuesInJson(String json, String expected) {
    LogRecord redacted = apply(LogRecord.json(TIME, "function", "id", json.getBytes(UTF_8)));
    assertThat(redacted.text()).isEqualTo(expected);
    assertThat(redacted.isJson()).isTrue();
    assertThat(JsonRewriter.isJson(expected.getBytes(UTF_8), expected.getBytes(UTF_8).length))
        .isTrue();
  }

  @Test
  void replacesNumbersInJsonOfText() {
    assertThat(text("{\"card\":4111111111111111}")).isEqualTo("{\"card\":\"[card]\"}");
    assertThat(text("INFO {\"card\": 4111111111111111}")).isEqualTo("INFO {\"card\": \"[card]\"}");
    assertThat(text("cards: [4111111111111111]")).isEqualTo("cards: [[card]]");
  }

  @Test
  void keepsTheRestOfTheRecord() {
    LogRecord record =
        LogRecord.json("2026-11-21T10:15:30Z", "function", "id", "\"a@b.de\"".getBytes(UTF_8))
            .withTenantId("john@example.com");
    LogRecord redacted = apply(record);
    assertThat(redacted.time()).isEqualTo("2026-11-21T10:15:30Z");
    assertThat(redacted.type()).isEqualTo("function");
    assertThat(redacted.requestId()).contains("id");
    assertThat(redacted.tenantId()).contains("[email]");
    assertThat(redacted.text()).isEqualTo("\"[email]\"");
  }

  @Test
  void replacesInReportsOfThePlatformOnlyWhatTheFunctionChose() {
    String report =
        "{\"requestId\":\"10.0.0.1\",\"tenantId\":\"a@b.de\",\"errorType\":\"a@b.de\",\"n\":\"a@b.de\"}";
    LogRecord redacted =
        apply(LogRecord.json(TIME, "platform.start", "id", report.getBytes(UTF_8)));
    assertThat(redacted.text())
        .isEqualTo(
            "{\"requestId\":\"10.0.0.1\",\"tenantId\":\"[email]\",\"errorType\":\"[email]\",\"n\":\"a@b.de\"}");
  }

  @Test
  void replacesFurtherLinesOfAnUnfinishedKey() {
    assertThat(text("key: -----BEGIN RSA PRIVATE KEY-----")).isEqualTo("key: [private-key]");
    assertThat(text("Proc-Type: 4,ENCRYPTED")).isEqualTo("[private-key]");
    assertThat(text(KEY_BODY)).isEqualTo("[private-key]");
    LogRecord other = LogRecord.text(TIME, "function", "other", "abc".getBytes(UTF_8));
    assertThat(redactor.apply(other)).isSameAs(other);
    assertThat(text("aGVsbG8=")).isEqualTo("[private-key]");
    assertThat(text("-----END RSA PRIVATE KEY-----")).isEqualTo("[private-key]");
    assertThat(text("abc")).isEqualTo("abc");
  }

  @Test
  void anUnfinishedKeyEndsWithAnotherLine() {
    text("-----BEGIN RSA PRIVATE KEY-----");
    assertThat(text("not base64!")).isEqualTo("not base64!");
    assertThat(text("abc")).isEqualTo("abc");
  }

  @Test
  void aKeyedHashJoinsEqualValues() {
    Redactor keyed = new Redactor(EnumSet.allOf(RedactionKind.class), List.of(), "a long secret");
    String first = text(keyed, "John@example.com and 4111 1111 1111 1111");
    assertThat(first).matches("\\[email:[0-9a-f]{16}] and \\[card:[0-9a-f]{16}]");
    assertThat(text(keyed, "john%40Example.com and 4111111111111111")).isEqualTo(first);
    Redactor other = new Redactor(EnumSet.allOf(RedactionKind.class), List.of(), "another one");
    assertThat(text(other, "John@example.com and 4111 1111 1111 1111")).isNotEqualTo(first);
  }

  @Test
  void replacesOccurrencesOfOwnPatterns() {
    Redactor own = own("EMP\\d{6}|\"password\":\\s*\"[^\"]*\"", "BOSS\\d|pin=(?<secret>\\d+)");
    assertThat(text(own, "by EMP123456, pin=1234, BOSS1"))
        .isEqualTo("by [redacted], pin=[redacted], [redacted]");
    LogRecord json =
        LogRecord.json(
            TIME,
            "function",
            "id",
            "{\"password\":\"a b\",\"id\":\"\\u0045MP123456\"}".getBytes(UTF_8));
    assertThat(requireNonNull(own.apply(json)).text())
        .isEqualTo("{\"password\":\"[redacted]\",\"id\":\"[redacted]\"}");
  }

  @Test
  void overlappingValuesBecomeOne() {
    Redactor own =
        new Redactor(Set.of(RedactionKind.EMAIL), List.of(pattern("<[^>]*"), pattern("x+")), null);
    assertThat(text(own, "a <john@example.com> xxx")).isEqualTo("a [redacted]> [redacted]");
  }

  @Test
  void withholdsBrokenJson() {
    LogRecord broken = LogRecord.json(TIME, "function", "id", "{\"a\":\"a@b.de\"".getBytes(UTF_8));
    assertThat(redactor.apply(broken)).isNull();
  }

  @Test
  void withholdsTooLongRecords() {
    LogRecord record = LogRecord.text(TIME, "function", "id", new byte[5 << 20]);
    assertThat(redactor.apply(record)).isNull();
  }

  private String text(String line) {
    return text(redactor, line);
  }

  private static String text(Redactor redactor, String line) {
    LogRecord record = LogRecord.text(TIME, "function", "id", line.getBytes(UTF_8));
    return requireNonNull(redactor.apply(record)).text();
  }

  private LogRecord apply(LogRecord record) {
    @Nullable LogRecord redacted = redactor.apply(record);
    return requireNonNull(redacted);
  }

  private static Redactor own(String... patterns) {
    List<RecordPattern> compiled = new ArrayList<>();
    for (String pattern : patterns) {
      compiled.add(pattern(pattern));
    }
    return new Redactor(Set.of(), compiled, null);
  }

  private static RecordPattern pattern(String expression) {
    return requireNonNull(RecordPattern.parse(expression));
  }

  @Test
  void fieldsAreRedactedLikeTheirLine() {
    Redactor own =
        new Redactor(EnumSet.of(RedactionKind.EMAIL), List.of(pattern("pin\":\"\\d+")), null);
    LogRecord line =
        LogRecord.json(
                TIME,
                "function",
                "r-1",
                "{\"user\":\"a@b.org\",\"pin\":\"1234\",\"shop\":\"s1\"}".getBytes(UTF_8))
            .withFields(Map.of("user", "a@b.org", "pin", "1234", "shop", "s1", "id", "r-1"));

    assertThat(requireNonNull(own.apply(line)).fields())
        .isEqualTo(Map.of("user", "[email]", "shop", "s1", "id", "r-1"));
  }
}
