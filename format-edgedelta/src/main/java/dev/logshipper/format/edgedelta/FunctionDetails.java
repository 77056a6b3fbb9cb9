package dev.logshipper.format.edgedelta;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Facts about the function that only the Lambda API knows. Texts are empty if unknown. Immutable.
///
/// @param tags in the order of their keys
/// @param memorySize configured size in megabytes, as decimal digits
/// @param architecture such as `arm64`
/// @param runtime such as `python3.13`; empty for a container image
record FunctionDetails(
    SortedMap<String, String> tags, String memorySize, String architecture, String runtime) {
  static final FunctionDetails NONE = new FunctionDetails(new TreeMap<>(), "", "", "");

  FunctionDetails {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }
}
