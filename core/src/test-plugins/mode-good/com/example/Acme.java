package com.example;

/// Has the mode of another plugin.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    return "good";
  }
}
