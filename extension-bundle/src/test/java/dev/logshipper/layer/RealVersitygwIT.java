package dev.logshipper.layer;

import dev.logshipper.sandbox.real.Program;
import dev.logshipper.sandbox.real.RealS3;

class RealVersitygwIT extends RealS3Contract {
  RealVersitygwIT() {
    super(Program.VERSITYGW);
  }

  @Override
  RealS3 startEmpty() {
    return RealS3.versitygw();
  }
}
