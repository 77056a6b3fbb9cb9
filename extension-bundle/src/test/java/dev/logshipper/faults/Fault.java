package dev.logshipper.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A row of `FAULTS.md` and its promise. The annotated test proves it: a [FaultRun] that loses,
/// duplicates or delays more than promised fails the test, without an assertion of its own.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Fault {
  /// The fault.
  String value();

  /// The effect that Lambda and the caller see.
  String platform() default "nothing";

  /// The lines in the extension's log.
  String user() default "nothing";

  /// Lines that do not arrive.
  Lost lost() default Lost.NOTHING;

  /// Lines that arrive more than once.
  Duplicates doubled() default Duplicates.NOTHING;

  /// Whether lines arrive in their order. Not where the destination fails with a batch again and
  /// again while it accepts others: core sets that batch aside.
  boolean ordered() default true;

  /// Maximum delay of an invocation after the function has finished.
  int heldMillisMax();
}
