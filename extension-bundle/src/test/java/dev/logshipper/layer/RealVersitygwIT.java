package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealS3;

class RealVersitygwIT extends RealS3Contract {
  RealVersitygwIT() {
    super(Program.VERSITYGW);
  }

  @Override
  RealS3 startEmpty() {
    return RealS3.versitygw();
  }
}
