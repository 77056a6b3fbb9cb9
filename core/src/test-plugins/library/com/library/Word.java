package com.library;

/// A library's class.
public class Word {
  @Override
  public String toString() {
    return "acme";
  }
}
