package com.example;

/// Shows a secret in its static initializer.
public class Acme extends PlainProvider {
  static {
    Secret.fail();
  }
}
