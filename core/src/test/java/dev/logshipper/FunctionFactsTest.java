package dev.logshipper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logshipper.platform.Registration;
import dev.logshipper.sink.FunctionIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionFactsTest {
  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:hello";

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, aws",
    "cn-north-1, aws-cn",
    "us-gov-west-1, aws-us-gov",
    "us-east-1, aws",
    "eusc-de-east-1, aws-eusc",
    "us-isob-east-1, aws-iso-b"
  })
  void theArnFollowsFromTheAccountAndTheRegion(String region, String partition) {
    assertThat(facts(region, "123456789012").get())
        .isEqualTo(
            new FunctionIdentity(
                "hello",
                "7",
                region,
                512,
                "123456789012",
                "arn:" + partition + ":lambda:" + region + ":123456789012:function:hello"));
  }

  @Test
  void withoutAnAccountOrARegionThereIsNoArnYet() {
    assertThat(facts("eu-west-1", null).get().arn()).isNull();
    assertThat(facts("eu-west-1", null).get().accountId()).isNull();
    assertThat(facts("", "123456789012").get().arn()).isNull();
    assertThat(facts("xx-new-1", "123456789012").get().arn()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {ARN, ARN + ":live", ARN + ":7", ARN + ":$LATEST"})
  void anInvocationTellsTheAccountAndTheUnqualifiedArn(String invoked) {
    FunctionFacts facts = facts("eu-west-1", null);
    facts.learnArn(invoked);
    assertThat(facts.get())
        .isEqualTo(new FunctionIdentity("hello", "7", "eu-west-1", 512, "123456789012", ARN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "arn:aws:lambda:eu-west-1:123456789012:function"})
  void whatIsNoArnTeachesNothing(String invoked) {
    FunctionFacts facts = facts("eu-west-1", null);
    facts.learnArn(invoked);
    assertThat(facts.get().arn()).isNull();
  }

  @Test
  void inAPartitionOfWhichWeDoNotKnowTheInvocationIsRight() {
    FunctionFacts facts = facts("eusc-de-east-1", "123456789012");
    String invoked = "arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:hello";
    facts.learnArn(invoked + ":live");
    assertThat(facts.get().arn()).isEqualTo(invoked);
  }

  private static FunctionFacts facts(String region, @Nullable String account) {
    return new FunctionFacts(new Registration("id", "hello", "7", account), region, 512);
  }
}
