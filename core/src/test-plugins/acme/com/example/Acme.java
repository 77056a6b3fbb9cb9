package com.example;

/// Has a mode of its own.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    return "acme";
  }
}
