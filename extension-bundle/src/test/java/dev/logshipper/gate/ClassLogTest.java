package dev.logshipper.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With lines of a JVM 25.
class ClassLogTest {
  @TempDir Path folder;

  @Test
  void classIsUsedWhenAThreadInitializesIt() throws Exception {
    ClassLog log =
        read(
            """
            [0.010s][info][class,load] okio.Okio source: shared objects file
            [0.023s][info][class,load] okio.Buffer source: shared objects file
            [0.031s][info][class,init] 731 Initializing 'okio/Buffer'(no method) (0x00000000800fd2) by thread "main"
            [0.032s][info][class,init] 732 Initializing 'java/util/EnumMap' (0x00000000800fd9) by thread "log-shipper-dispatch-http"
            """);

    assertThat(log.used())
        .containsExactly(
            new ClassLog.Use("okio.Buffer", "main"),
            new ClassLog.Use("java.util.EnumMap", "log-shipper-dispatch-http"));
    assertThat(log.outsideTheCache()).isZero();
    assertThat(log.madeAtRunTime()).isZero();
  }

  @Test
  void classFromAJarOrAModuleIsOutsideTheCache() throws Exception {
    ClassLog log =
        read(
            """
            [0.010s][info][class,load] org.slf4j.Logger source: file:/opt/log-shipper/sinks/s3/slf4j-api-1.7.36.jar
            [0.011s][info][class,load] java.util.HashMap$Values source: jrt:/java.base
            """);

    assertThat(log.outsideTheCache()).isEqualTo(2);
  }

  @Test
  void classWithAnAddressAsItsNameIsGeneratedUnlessTheCacheHasIt() throws Exception {
    ClassLog log =
        read(
            """
            [0.010s][info][class,load] java.lang.invoke.LambdaForm$MH/0x0000000802040800 source: __JVM_LookupDefineClass__
            [0.011s][info][class,load] java.lang.invoke.LambdaForm$MH/0x0000000802000400 source: shared objects file
            [0.012s][info][class,init] 944 Initializing 'com/example/Main$$TypeSwitch+0x0000000802040000'(no method) (0x00000000800fd2) by thread "main"
            """);

    assertThat(log.madeAtRunTime()).isEqualTo(1);
    assertThat(log.outsideTheCache()).isZero();
    assertThat(log.used()).isEmpty();
  }

  private ClassLog read(String lines) throws Exception {
    return ClassLog.read(Files.writeString(folder.resolve("classes.log"), lines));
  }
}
