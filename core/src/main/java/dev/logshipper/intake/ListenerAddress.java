package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where to bind: the address to which the platform delivers, and none that the outside could
/// reach.
public final class ListenerAddress {
  private static final String HOST = "sandbox.localdomain";

  private ListenerAddress() {}

  /// The address of `sandbox.localdomain`, or loopback where that name does not exist, as in local
  /// emulators.
  public static InetAddress resolve() {
    return resolve(Path.of("/etc/hosts"));
  }

  /// The hosts file is looked at first: in Lambda the name stands there, and asking the resolver
  /// costs time before the first event and may mean asking the network.
  static InetAddress resolve(Path hostsFile) {
    try {
      for (String line : Files.readString(hostsFile, US_ASCII).split("\n", -1)) {
        String entry = line.replace('\t', ' ').strip();
        if (!entry.startsWith("#") && (entry + " ").contains(" " + HOST + " ")) {
          return InetAddress.getByName(entry.substring(0, entry.indexOf(' ')));
        }
      }
    } catch (IOException _) {
      // No readable hosts file: the resolver may know more.
    }
    try {
      return InetAddress.getAllByName(HOST)[0];
    } catch (UnknownHostException _) {
      return InetAddress.getLoopbackAddress();
    }
  }
}
