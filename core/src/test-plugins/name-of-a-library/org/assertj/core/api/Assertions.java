package org.assertj.core.api;

/// Another class than that of the library.
public class Assertions {
  public static String version() {
    return "theirs";
  }
}
