package dev.logshipper.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A row of `FAULTS.md` and what it promises. The test that it stands on proves it: whatever its
/// [FaultRun]s lose, double or hold beyond the promise fails it, without a word of the test's own.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Fault {
  /// What goes wrong.
  String value();

  /// What Lambda and the caller see.
  String platform() default "nothing";

  /// What whoever reads the logs of our extension sees.
  String user() default "nothing";

  /// Which lines do not arrive.
  Lost lost() default Lost.NOTHING;

  /// Which lines arrive more than once.
  Duplicates doubled() default Duplicates.NOTHING;

  /// How long an invocation is held at most after the function is done.
  int heldMillisMax();
}
