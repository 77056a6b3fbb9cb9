package com.example;

/// Throws checked exceptions that nothing declares, as code in Kotlin or Scala may.
final class Undeclared {
  private Undeclared() {}

  static <T> T raise() {
    return Undeclared.<T, RuntimeException>raise(new Exception("hunter2"));
  }

  @SuppressWarnings("unchecked")
  private static <T, E extends Throwable> T raise(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
