package com.example.logshipper;

import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.kinesisfirehose.DeliveryStream;
import software.amazon.awscdk.services.kinesisfirehose.DeliveryStreamAttributes;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;

/// A stack per example.
public final class ExampleApp {
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs-AbCdEf";

  private final App app = new App();

  public static void main(String[] arguments) {
    ExampleApp example = new ExampleApp();
    example.eachSink();
    example.cloudWatchOff();
    example.everyFunction();
    example.app.synth();
  }

  private void eachSink() {
    Stack http = stack("http");
    new LogShipper(
        python(http), Sink.http("https://logs.example.com/ingest").token(secret(http)));

    Stack kinesis = stack("kinesis");
    new LogShipper(
        python(kinesis),
        Sink.firehose(
            DeliveryStream.fromDeliveryStreamAttributes(
                kinesis,
                "Stream",
                DeliveryStreamAttributes.builder().deliveryStreamName("example-logs").build())));

    Stack loki = stack("loki");
    new LogShipper(
        python(loki),
        Sink.loki("https://logs.example.com", "orders", "production")
            .user("123456", secret(loki)));

    Stack s3 = stack("s3");
    new LogShipper(
        python(s3),
        Sink.s3(bucket(s3))
        // Often wanted next:
        // .variable("PUSHER_S3_COMPRESSION", "gzip")
        // .variable("PUSHER_S3_KEY",
        //     "logs/{function}/year={year}/month={month}/day={day}/hour={hour}/{millis}-{file}.log")
        );
  }

  /// Begin without it, and add it when the logs arrive.
  private void cloudWatchOff() {
    Stack stack = stack("s3-cloudwatch-off");
    new LogShipper(python(stack), Sink.s3(bucket(stack))).withoutCloudWatchLogs();
  }

  /// Every function of a stack, or of the app: each gets the layer for its processor.
  private void everyFunction() {
    Stack stack = stack("every-function");
    python(stack);
    node(stack);
    Aspects.of(stack).add(LogShipper.everywhere(Sink.http("https://logs.example.com/ingest")));
  }

  /// Without the bootstrap rule: the templates can be deployed as they are.
  private Stack stack(String id) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .analyticsReporting(false)
            .synthesizer(
                DefaultStackSynthesizer.Builder.create()
                    .generateBootstrapVersionRule(false)
                    .build())
            .build());
  }

  private static Function python(Stack scope) {
    return Function.Builder.create(scope, "Function")
        .runtime(Runtime.PYTHON_3_13)
        .architecture(Architecture.X86_64)
        .handler("index.handler")
        .code(
            Code.fromInline(
                "def handler(event, context):\n"
                    + "    print(\"Hello from\", context.function_name)\n"))
        .build();
  }

  private static Function node(Stack scope) {
    return Function.Builder.create(scope, "NodeFunction")
        .runtime(Runtime.NODEJS_22_X)
        .architecture(Architecture.ARM_64)
        .handler("index.handler")
        .code(Code.fromInline("exports.handler = async () => console.log(\"Hello\");\n"))
        .build();
  }

  private static ISecret secret(Stack scope) {
    return Secret.fromSecretCompleteArn(scope, "Secret", SECRET);
  }

  private static IBucket bucket(Stack scope) {
    return Bucket.fromBucketName(scope, "Bucket", "example-logs");
  }
}
