package dev.logshipper.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
      for (String line : Files.readString(hostsFile, ISO_8859_1).split("\n", -1)) {
        int comment = line.indexOf('#');
        String entry = (comment < 0 ? line : line.substring(0, comment)).replace('\t', ' ').strip();
        if ((entry + " ").contains(" " + HOST + " ")) {
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
