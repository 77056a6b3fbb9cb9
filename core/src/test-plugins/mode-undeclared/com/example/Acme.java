package com.example;

/// Fails in `mode()` with an exception that it does not declare.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    return Undeclared.raise();
  }
}
