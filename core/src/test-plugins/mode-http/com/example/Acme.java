package com.example;

/// Has the mode of a bundled sink.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    return "http";
  }
}
