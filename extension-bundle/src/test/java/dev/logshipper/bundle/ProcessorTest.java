package dev.logshipper.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void processorIsReadFromAProgram(Processor processor) throws Exception {
    Path launcher = Path.of("src/main/launcher", processor.lambdaName(), "log-shipper");

    assertThat(Processor.of(launcher)).isEqualTo(processor);
  }

  @Test
  void processorOfThisMachineIsThatOfItsJava() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin/java");

    assertThat(Processor.of(java)).isEqualTo(Processor.ofThisMachine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#!/bin/bash\necho a script that is long enough\n"})
  void otherFilesAreRejected(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("java"), content);

    assertThatThrownBy(() -> Processor.of(file))
        .hasMessage(file + " is no program for a processor of Lambda");
  }

  @Test
  void programForAnotherProcessorIsRejected() throws Exception {
    byte[] program = Files.readAllBytes(Path.of("src/main/launcher/arm64/log-shipper"));
    program[18] = 40; // 32-bit ARM
    Path file = Files.write(folder.resolve("java"), program);

    assertThatThrownBy(() -> Processor.of(file)).isInstanceOf(IllegalStateException.class);
  }
}
