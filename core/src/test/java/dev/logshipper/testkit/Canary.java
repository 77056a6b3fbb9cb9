package dev.logshipper.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/// A word that stands for a secret or for log content, and must not be logged.
public final class Canary {
  /// The word, short enough not to be truncated where values are.
  public static final String WORD = "canary-7f3a";

  private Canary() {}

  /// Fails when the text of an object, or of an exception or one of its causes, contains the word.
  public static void isNotIn(Object... things) {
    for (Object thing : things) {
      assertThat(thing.toString()).as(thing.getClass().getName()).doesNotContain(WORD);
      if (thing instanceof Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(WORD);
      }
    }
  }
}
