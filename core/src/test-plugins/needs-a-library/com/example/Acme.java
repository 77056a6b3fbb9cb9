package com.example;

import com.library.Word;

/// Has its mode from a library.
public class Acme extends PlainProvider {
  @Override
  public String mode() {
    return new Word().toString();
  }
}
