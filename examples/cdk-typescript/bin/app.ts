import { App, Aspects, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { LogShipper, Sink } from '../lib/log-shipper';

const app = new App();

/** A stack per example, without the bootstrap rule: the templates can be deployed as they are. */
function stack(id: string): Stack {
  return new Stack(app, id, {
    analyticsReporting: false,
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
}

function python(scope: Stack, architecture = lambda.Architecture.X86_64): lambda.Function {
  return new lambda.Function(scope, 'Function', {
    runtime: lambda.Runtime.PYTHON_3_13,
    architecture,
    handler: 'index.handler',
    code: lambda.Code.fromInline(
      'def handler(event, context):\n    print("Hello from", context.function_name)\n',
    ),
  });
}

function node(scope: Stack): lambda.Function {
  return new lambda.Function(scope, 'NodeFunction', {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => console.log("Hello");\n'),
  });
}

function secret(scope: Stack): ISecret {
  const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs-AbCdEf';
  return Secret.fromSecretCompleteArn(scope, 'Secret', arn);
}

const http = stack('http');
new LogShipper(python(http), Sink.http('https://logs.example.com/ingest').token(secret(http)));

const kinesis = stack('kinesis');
const stream = DeliveryStream.fromDeliveryStreamAttributes(kinesis, 'Stream', {
  deliveryStreamName: 'example-logs',
});
new LogShipper(python(kinesis), Sink.firehose(stream));

const loki = stack('loki');
new LogShipper(
  python(loki),
  Sink.loki('https://logs.example.com', 'orders', 'production').user('123456', secret(loki)),
);

const s3 = stack('s3');
new LogShipper(
  python(s3),
  Sink.s3(Bucket.fromBucketName(s3, 'Bucket', 'example-logs')),
  // Often wanted next:
  // .variable('PUSHER_S3_COMPRESSION', 'gzip')
  // .variable('PUSHER_S3_KEY', 'logs/{function}/year={year}/month={month}/day={day}/hour={hour}/{millis}-{file}.log')
);

// CloudWatch off: begin without it, and add it when the logs arrive.
const off = stack('s3-cloudwatch-off');
new LogShipper(python(off), Sink.s3(Bucket.fromBucketName(off, 'Bucket', 'example-logs')), {
  cloudWatchLogs: false,
});

// Every function of a stack, or of the app: each gets the layer for its processor.
const every = stack('every-function');
python(every);
node(every);
Aspects.of(every).add(LogShipper.everywhere(Sink.http('https://logs.example.com/ingest')));
