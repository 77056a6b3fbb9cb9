package dev.logshipper.layer;

import dev.logshipper.sandbox.destination.realservers.Program;
import dev.logshipper.sandbox.destination.realservers.RealS3;

class RealS3proxyIT extends RealS3Contract {
  RealS3proxyIT() {
    super(Program.S3PROXY);
  }

  @Override
  RealS3 startEmpty() {
    return RealS3.s3proxy();
  }
}
