package dev.logshipper.sink.support;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A partition of AWS: a group of regions with ARNs and host names of its own. Immutable.
///
/// Source: the SDK's `partitions.json`; its own classes for it take 67 ms of CPU to load.
///
/// @param name as in ARNs
/// @param domain of the public endpoints
/// @param dualStackDomain of those that have IPv6 addresses, too
public record AwsPartition(String name, String domain, String dualStackDomain) {
  private static final AwsPartition STANDARD = new AwsPartition("aws", "amazonaws.com", "api.aws");

  private static final List<ByPrefix> SPECIAL =
      List.of(
          new ByPrefix(
              "cn-",
              new AwsPartition("aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn")),
          new ByPrefix("us-gov-", new AwsPartition("aws-us-gov", "amazonaws.com", "api.aws")),
          new ByPrefix(
              "eusc-", new AwsPartition("aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu")),
          new ByPrefix("us-iso-", new AwsPartition("aws-iso", "c2s.ic.gov", "api.aws.ic.gov")),
          new ByPrefix(
              "us-isob-", new AwsPartition("aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud")),
          new ByPrefix(
              "eu-isoe-",
              new AwsPartition("aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk")),
          new ByPrefix(
              "us-isof-", new AwsPartition("aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov")),
          new ByPrefix(
              "eu-isof-", new AwsPartition("aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov")));

  private static final List<String> AREAS =
      List.of("us-", "eu-", "ap-", "sa-", "ca-", "me-", "af-", "il-", "mx-");

  private record ByPrefix(String prefix, AwsPartition partition) {}

  /// The partition of a region; null for a region of an unknown one, because a wrong guess is worse
  /// than none.
  public static @Nullable AwsPartition of(String region) {
    for (ByPrefix special : SPECIAL) {
      if (region.startsWith(special.prefix)) {
        return special.partition;
      }
    }
    for (String area : AREAS) {
      if (region.startsWith(area) && !region.contains("-iso")) {
        return STANDARD;
      }
    }
    return null;
  }
}
