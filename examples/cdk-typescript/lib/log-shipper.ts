import { IAspect } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';

type Grant = (fn: lambda.Function) => void;

/** A destination: the variables that select it, and the permissions that it needs. Immutable. */
export class Sink {
  private constructor(
    readonly mode: string,
    readonly variables: Readonly<Record<string, string>>,
    readonly grants: readonly Grant[],
  ) {}

  /** Posts newline-delimited JSON to a URL. */
  static http(url: string): Sink {
    return new Sink('http', { PUSHER_HTTP_URL: url }, []);
  }

  /** Writes objects to a bucket. */
  static s3(bucket: IBucket): Sink {
    return new Sink('s3', { PUSHER_S3_BUCKET: bucket.bucketName }, [
      (fn) => allow(fn, 's3:PutObject', bucket.arnForObjects('*')),
      (fn) => bucket.encryptionKey?.grant(fn, 'kms:GenerateDataKey'),
    ]);
  }

  /** Puts records to a delivery stream of Amazon Data Firehose. */
  static firehose(stream: IDeliveryStream): Sink {
    return new Sink('kinesis', { PUSHER_KINESIS_STREAM: stream.deliveryStreamName }, [
      (fn) => allow(fn, 'firehose:PutRecordBatch', stream.deliveryStreamArn),
    ]);
  }

  /** Pushes to Grafana Loki, with the labels `application` and `environment`. */
  static loki(url: string, application: string, environment: string): Sink {
    const variables = {
      PUSHER_LOKI_URL: url,
      PUSHER_LOKI_APPLICATION: application,
      PUSHER_LOKI_ENVIRONMENT: environment,
    };
    return new Sink('loki', variables, []);
  }

  /** Authenticates with a bearer token (http, loki). The layer reads the secret, or a member of it, at run time. */
  token(secret: ISecret, member?: string): Sink {
    if (this.mode !== 'http' && this.mode !== 'loki') {
      throw new Error(`a sink of mode ${this.mode} has no token: expected http or loki, before and()`);
    }
    return this.secret(`PUSHER_${this.mode.toUpperCase()}_BEARER_TOKEN`, secret, member);
  }

  /** Authenticates with a user and a password (loki). */
  user(name: string, password: ISecret, member?: string): Sink {
    return this.variable('PUSHER_LOKI_USERNAME', name).secret('PUSHER_LOKI_PASSWORD', password, member);
  }

  /** Sets a variable to a reference to a secret. The secret must have a complete ARN. */
  secret(name: string, secret: ISecret, member?: string): Sink {
    const reference = member ? `${secret.secretArn}#${member}` : secret.secretArn;
    const grants: Grant[] = [
      (fn) => allow(fn, 'secretsmanager:GetSecretValue', secret.secretArn),
      (fn) => secret.encryptionKey?.grantDecrypt(fn),
    ];
    return new Sink(this.mode, { ...this.variables, [name]: reference }, [...this.grants, ...grants]);
  }

  /** Sets any other variable of the layer. */
  variable(name: string, value: string): Sink {
    return new Sink(this.mode, { ...this.variables, [name]: value }, this.grants);
  }

  /** Ships every record to another destination, too. */
  and(other: Sink): Sink {
    return new Sink(
      `${this.mode},${other.mode}`,
      { ...this.variables, ...other.variables },
      [...this.grants, ...other.grants],
    );
  }
}

export interface LogShipperOptions {
  /**
   * The layer version, in the function's region and for its processor.
   * Default: the context values `log-shipper:x86_64` and `log-shipper:arm64`.
   */
  readonly layerArn?: string;

  /** `false` denies the function's role to write to CloudWatch Logs. Default: `true`. */
  readonly cloudWatchLogs?: boolean;
}

/** Attaches the layer to a function: `new LogShipper(fn, Sink.http(url))`. */
export class LogShipper extends Construct {
  private static readonly ID = 'LogShipper';

  constructor(fn: lambda.Function, sink: Sink, options: LogShipperOptions = {}) {
    super(fn, LogShipper.ID);
    fn.addLayers(lambda.LayerVersion.fromLayerVersionArn(this, 'Layer', this.layerArn(fn, options)));
    fn.addEnvironment('PUSHER_MODE', sink.mode);
    for (const [name, value] of Object.entries(sink.variables)) {
      fn.addEnvironment(name, value);
    }
    sink.grants.forEach((grant) => grant(fn));
    if (options.cloudWatchLogs === false) {
      denyCloudWatchLogs(fn);
    }
  }

  /**
   * Attaches the layer to every function of a scope: `Aspects.of(app).add(LogShipper.everywhere(sink))`. Functions
   * that have it keep theirs; functions from container images have no layers and are left out.
   */
  static everywhere(sink: Sink, options: LogShipperOptions = {}): IAspect {
    return {
      visit(node: IConstruct): void {
        if (node instanceof lambda.Function && LogShipper.isMissing(node)) {
          new LogShipper(node, sink, options);
        }
      },
    };
  }

  private static isMissing(fn: lambda.Function): boolean {
    return fn.runtime !== lambda.Runtime.FROM_IMAGE && !fn.node.tryFindChild(LogShipper.ID);
  }

  private layerArn(fn: lambda.Function, options: LogShipperOptions): string {
    const key = `log-shipper:${fn.architecture.name}`;
    const arn = options.layerArn ?? this.node.tryGetContext(key);
    if (!arn) {
      throw new Error(`expected layerArn, or "${key}" in the context: the ARN that scripts/publish printed`);
    }
    return arn;
  }
}

function allow(fn: lambda.Function, action: string, resource: string): void {
  fn.addToRolePolicy(new iam.PolicyStatement({ actions: [action], resources: [resource] }));
}

function denyCloudWatchLogs(fn: lambda.Function): void {
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`arn:${fn.stack.partition}:logs:*:*:*`],
    }),
  );
}
