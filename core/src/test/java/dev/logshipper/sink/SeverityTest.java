package dev.logshipper.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeverityTest {
  @ParameterizedTest
  @CsvSource({
    "TRACE, trace finest Verbose verbose silly",
    "DEBUG, debug DBG fine",
    "INFO, info INFORMATION informational Notice success",
    "WARN, warn Warning WRN",
    "ERROR, error ERR Severe fail",
    "FATAL, fatal CRITICAL Crit emergency EMERG alert PANIC",
  })
  void aUserMayWriteAnyNameThatLoggersUse(Severity severity, String names) {
    for (String name : names.split(" ", -1)) {
      assertThat(Severity.named(name)).as(name).isEqualTo(severity);
      assertThat(Severity.named(" " + name + "\n")).as(name).isEqualTo(severity);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "all", "off", "none", "30", "any", "warn,error", "wärn", "e"})
  void anyOtherTextIsNoSeverity(String text) {
    assertThat(Severity.named(text)).isNull();
  }
}
