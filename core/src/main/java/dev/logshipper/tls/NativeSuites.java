package dev.logshipper.tls;

import java.util.ArrayList;
import java.util.List;

/// The cipher suites of the native library, by their registered names: those that the JDK enables
/// as well. The three of TLS 1.3 are always on. Stateless.
final class NativeSuites {
  private static final List<String> ALWAYS =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private static final String[][] NAMES = {
    {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256"},
    {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384"},
    {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384"},
    {"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"},
    {"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305"},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA"},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA"},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA"},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA-AES256-SHA"},
  };

  private NativeSuites() {}

  static String[] all() {
    List<String> all = new ArrayList<>(ALWAYS);
    for (String[] names : NAMES) {
      all.add(names[0]);
    }
    return all.toArray(new String[0]);
  }

  /// The library's list of the suites among these that can be chosen; empty for none.
  static String library(List<String> suites) {
    StringBuilder list = new StringBuilder();
    for (String[] names : NAMES) {
      if (suites.contains(names[0])) {
        list.append(list.isEmpty() ? "" : ":").append(names[1]);
      }
    }
    return list.toString();
  }

  /// The registered name of a suite that the library has negotiated.
  static String registered(String libraryName) {
    for (String[] names : NAMES) {
      if (names[1].equals(libraryName)) {
        return names[0];
      }
    }
    return libraryName;
  }
}
