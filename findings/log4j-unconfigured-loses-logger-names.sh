#!/usr/bin/env bash
# Log4j 2 without a configuration stopped printing the logger's name and the brackets between 2.24 and 2.26.
#
# Package: log4j-core 2.24.3 and 2.26.1 (Maven Central). Input: one error by the logger "shop.Orders", no configuration
# file and no system property.
# Expected: a minor version keeps the default pattern, "08:27:40.906 [main] ERROR shop.Orders - hi", which every
# tutorial shows and many grok patterns parse.
# Actual: 2.26.1 prints "2026-11-28T08:27:42.500832464Z main ERROR hi": another time format, in UTC with nanoseconds, no
# brackets, no logger; and an empty line after each stack trace.
# Exits with 1 if this changes. Needs Maven and a JDK.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > Main.java <<'JAVA'
public class Main {
  public static void main(String[] args) {
    var logger = org.apache.logging.log4j.LogManager.getLogger("shop.Orders");
    logger.error("hi");
    if (args.length > 0) {
      logger.error("failed", new RuntimeException("boom"));
    }
  }
}
JAVA
for version in 2.24.3 2.26.1; do
  cat > pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>$version</version>
  </dependency></dependencies>
</project>
XML
  mvn -q -B -Dstyle.color=never dependency:copy-dependencies "-DoutputDirectory=$dir/$version" > mvn.log 2>&1 || { cat mvn.log; exit 2; }
  java -cp "$dir/$version/*" Main.java > "$version.txt"
  java -cp "$dir/$version/*" Main.java trace > "$version.trace.txt"
  echo "log4j-core $version: $(head -1 "$version.txt")"
  echo "  last line after a stack trace: '$(tail -n 1 "$version.trace.txt")'"
done
grep -Eqx '[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3} \[main\] ERROR shop\.Orders - hi' 2.24.3.txt &&
  grep -Eqx '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{9}Z main ERROR hi' 2.26.1.txt &&
  [[ -n $(tail -n 1 2.24.3.trace.txt) && -z $(tail -n 1 2.26.1.trace.txt) ]] || { echo "CHANGED"; exit 1; }
echo "as described"
