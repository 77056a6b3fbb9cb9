package dev.logshipper.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.config.Parsers.NameValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsersTest {
  @Test
  void aReaderThatThrowsTakesNothing() {
    Parser<Integer> careless = Parser.of("a number", Integer::valueOf);
    Parser<Integer> broken =
        Parser.of(
            "a number",
            _ -> {
              throw new NoClassDefFoundError();
            });
    assertThat(valueOf(careless, "2")).isEqualTo(2);
    assertThat(valueOf(careless, "two")).isNull();
    assertThat(valueOf(broken, "2")).isNull();
  }

  @Test
  void textIsTrimmed() {
    assertThat(valueOf(Parsers.text(), "  two words ")).isEqualTo("two words");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "TRUE,true", "' True ',true", "false,false", "False,false"})
  void flagTakesTrueAndFalseInAnyCase(String text, boolean expected) {
    assertThat(valueOf(Parsers.flag(), text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "0", "tru", "true false", "нет"})
  void flagTakesNothingElse(String text) {
    assertThat(valueOf(Parsers.flag(), text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"-5,-5", "7,7", "' 0 ',0", "+3,3"})
  void wholeNumberTakesItsLimitsAndWhatLiesBetween(String text, int expected) {
    assertThat(valueOf(Parsers.wholeNumber(-5, 7), text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-6", "8", "1.0", "1e1", "0x1", "1_0", "two", "9999999999", "--1", "1 2"})
  void wholeNumberRefusesWhatIsBeyondItsLimitsOrNoNumber(String text) {
    assertThat(valueOf(Parsers.wholeNumber(-5, 7), text)).isNull();
  }

  @Test
  void wholeNumberSaysItsLimits() {
    assertThat(Parsers.wholeNumber(-5, 7).expected()).isEqualTo("a whole number from -5 to 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a",
        "https://a.b:8443/c?d=e",
        "HTTPS://a/",
        " http://[::1]:80/ ",
        "http://1.2.3.4",
        "http://project_loki:3100/a",
        "http://_a",
        "http://a-/",
        "http://löki.example",
        "http://xn--lki-sna.example",
        "http://me:s3cret@my_host"
      })
  void httpUrlTakesWebAddresses(String text) {
    assertThat(valueOf(Parsers.httpUrl(), text)).hasToString(text.strip());
  }

  @Test
  void httpUrlIsWithoutAFinalDot() {
    assertThat(valueOf(Parsers.httpUrl(), "https://LOGS.Example.com.:443/a"))
        .hasToString("https://LOGS.Example.com:443/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a",
        "a.b",
        "a:80",
        "http://",
        "http:///path",
        "http:a",
        "http://a b",
        "//a",
        "http://a_b:x",
        "http://a_b:99999",
        "http://a:99999",
        "http://a_b:-1",
        "http://me@:80",
        "http://a,b",
        "http://a%20b"
      })
  void httpUrlRefusesWhatHasNoSchemeOrHost(String text) {
    assertThat(valueOf(Parsers.httpUrl(), text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"red,red", "RED,red", "' blue ',blue", "green,", "redblue,", "'red,blue',"})
  void oneOfTakesEachOfItsWordsInAnyCaseAndNoOther(String text, String expected) {
    assertThat(valueOf(Parsers.oneOf("red", "blue"), text)).isEqualTo(expected);
  }

  @Test
  void oneOfSaysItsWords() {
    assertThat(Parsers.oneOf("red", "blue").expected()).isEqualTo("one of red, blue");
  }

  @Test
  void someOfKeepsTheOrderAndLeavesOutRepetitions() {
    assertThat(valueOf(Parsers.someOf("a", "b", "c"), " C,a , c")).containsExactly("c", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,d", "a,", ",", "a b", "a;b"})
  void someOfRefusesAListWithAWordThatIsNone(String text) {
    assertThat(valueOf(Parsers.someOf("a", "b", "c"), text)).isNull();
  }

  @Test
  void pairsSplitAtTheirFirstSeparator() {
    assertThat(valueOf(Parsers.pairs('='), " a = b=c ,d=,e:f=g"))
        .containsExactly(
            new NameValue("a", "b=c"), new NameValue("d", ""), new NameValue("e:f", "g"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=b", " =b", "a=b,", "a=b,,c=d", "a:b"})
  void pairsRefuseAPartWithoutANameOrASeparator(String text) {
    assertThat(valueOf(Parsers.pairs('='), text)).isNull();
  }

  @Test
  void pairsSayTheirSeparator() {
    assertThat(Parsers.pairs(':').expected()).isEqualTo("comma-separated pairs such as name:value");
  }

  @Test
  void takesTheLargestNumberForOneAboveItAndSaysSo() {
    Parser<Integer> parser = Parsers.wholeNumberUpTo(1, 10);

    assertThat(parser.parse("10")).isEqualTo(new Parser.Reading<>(10, null));
    assertThat(parser.parse("11")).isEqualTo(new Parser.Reading<>(10, "10 is used"));
    assertThat(parser.parse("99999999999999999999"))
        .isEqualTo(new Parser.Reading<>(10, "10 is used"));
    assertThat(parser.parse("0")).isNull();
    assertThat(parser.parse("ten")).isNull();
  }

  private static <T> @Nullable T valueOf(Parser<T> parser, String text) {
    Parser.Reading<T> reading = parser.parse(text);
    return reading == null ? null : reading.value();
  }
}
