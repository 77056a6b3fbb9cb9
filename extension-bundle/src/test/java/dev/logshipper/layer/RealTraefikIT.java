package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;

class RealTraefikIT extends RealProxyContract {
  RealTraefikIT() {
    super(Program.TRAEFIK);
  }
}
