#!/usr/bin/env bash
# AWS's serialization for Java functions reads a record as the event in 1.1.6, and no longer does in 1.2.0.
#
# Package: com.amazonaws:aws-lambda-java-serialization 1.1.6 and 1.2.0 (Maven Central); the runtime interface client
# 2.10.1 depends on the latter. Input: {"action":"hello"} for record Event(String action).
# Expected: a minor version reads what the one before it read; Java 21 functions commonly use records.
# Actual: 1.1.6 returns Event[action=hello]; 1.2.0 throws: "no Creators, like default constructor, exist".
# Exits with 1 if this changes. Needs Maven and a JDK 17.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > Main.java <<'JAVA'
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;

public class Main {
  public record Event(String action) {}

  public static void main(String[] args) {
    try {
      System.out.println(JacksonFactory.getInstance().getSerializer(Event.class).fromJson("{\"action\":\"hello\"}"));
    } catch (RuntimeException e) {
      System.out.println(e.getMessage().contains("no Creators") ? "no Creators" : e.getMessage());
    }
  }
}
JAVA
status=0
for version in 1.1.6 1.2.0; do
  cat > pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>com.amazonaws</groupId><artifactId>aws-lambda-java-serialization</artifactId><version>$version</version>
  </dependency></dependencies>
</project>
XML
  mvn -q -B -Dstyle.color=never dependency:copy-dependencies "-DoutputDirectory=$dir/$version" > mvn.log 2>&1 || { cat mvn.log; exit 2; }
  seen=$(java -cp "$dir/$version/*" Main.java)
  echo "aws-lambda-java-serialization $version: $seen"
  [[ $version-$seen == '1.1.6-Event[action=hello]' || $version-$seen == '1.2.0-no Creators' ]] || status=1
done
exit "$status"
