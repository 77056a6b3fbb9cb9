package com.example;

/// Has a mode in another case than its folder.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    return "ACME";
  }
}
