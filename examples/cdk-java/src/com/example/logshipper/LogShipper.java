package com.example.logshipper;

import java.util.List;
import software.amazon.awscdk.IAspect;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;
import software.constructs.IConstruct;

/// Attaches the layer to a function: `new LogShipper(function, Sink.http(url))`.
///
/// The layer version is the context value `log-shipper:x86_64` or `log-shipper:arm64`, by the
/// function's processor: the ARN that `scripts/publish` printed for the function's region.
public final class LogShipper extends Construct {
  private static final String ID = "LogShipper";

  private final Function function;

  public LogShipper(Function function, Sink sink) {
    super(function, ID);
    this.function = function;
    function.addLayers(LayerVersion.fromLayerVersionArn(this, "Layer", layerArn()));
    function.addEnvironment("PUSHER_MODE", sink.mode());
    sink.variables().forEach(function::addEnvironment);
    sink.grants().forEach(grant -> grant.accept(function));
  }

  /// Denies the function's role to write to CloudWatch Logs.
  public LogShipper withoutCloudWatchLogs() {
    function.addToRolePolicy(
        PolicyStatement.Builder.create()
            .effect(Effect.DENY)
            .actions(
                List.of("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"))
            .resources(List.of("arn:" + Stack.of(this).getPartition() + ":logs:*:*:*"))
            .build());
    return this;
  }

  /// Attaches the layer to every function of a scope: `Aspects.of(app).add(everywhere(sink))`.
  /// Functions that have it keep theirs; functions from container images have no layers and are
  /// left out.
  public static IAspect everywhere(Sink sink) {
    return new Everywhere(sink);
  }

  private String layerArn() {
    String key = "log-shipper:" + function.getArchitecture().getName();
    Object arn = getNode().tryGetContext(key);
    if (arn == null) {
      throw new IllegalArgumentException(
          "expected \"" + key + "\" in the context: the ARN that scripts/publish printed");
    }
    return arn.toString();
  }

  private record Everywhere(Sink sink) implements IAspect {
    @Override
    public void visit(IConstruct node) {
      if (node instanceof Function function
          && !Runtime.FROM_IMAGE.equals(function.getRuntime())
          && function.getNode().tryFindChild(ID) == null) {
        new LogShipper(function, sink);
      }
    }
  }
}
