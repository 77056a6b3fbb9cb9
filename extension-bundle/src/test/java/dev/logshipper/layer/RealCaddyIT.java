package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;

class RealCaddyIT extends RealProxyContract {
  RealCaddyIT() {
    super(Program.CADDY);
  }
}
