#!/usr/bin/env bash
# OkHttp by default sends a POST again that was answered 408, and one that was answered 503 with "Retry-After: 0".
#
# Package: okhttp 5.5.1 (Maven Central), new OkHttpClient() without interceptors. Input: a POST whose first response has
# the status; the next one is 200.
# Expected: a response that arrived is returned to the caller; a client repeats a POST after a broken connection at
# most.
# Actual: both are sent a second time and the caller sees one 200 (response.priorResponse() has the first). 503 without
# Retry-After or with "Retry-After: 1", and 429 or 500 with "Retry-After: 0", are returned. A caller that counts
# attempts, or repeats on its own, sends up to twice as many requests as it believes.
# Exits with 1 if this changes. Needs Maven and a JDK 17.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>com.squareup.okhttp3</groupId><artifactId>okhttp-jvm</artifactId><version>5.5.1</version>
  </dependency></dependencies>
</project>
XML
mvn -q -B -Dstyle.color=never dependency:copy-dependencies "-DoutputDirectory=$dir/lib" > mvn.log 2>&1 || { cat mvn.log; exit 2; }
cat > Main.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.*;

public class Main {
  static AtomicInteger requests = new AtomicInteger();
  static int status;
  static String retryAfter;
  static HttpServer server;
  static boolean same = true;

  public static void main(String[] args) throws Exception {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      boolean first = requests.incrementAndGet() == 1;
      if (first && retryAfter != null) exchange.getResponseHeaders().set("Retry-After", retryAfter);
      exchange.sendResponseHeaders(first ? status : 200, -1);
      exchange.close();
    });
    server.start();
    System.out.println("okhttp " + OkHttp.VERSION);
    post(408, null, 2);
    post(503, "0", 2);
    post(503, null, 1);
    post(503, "1", 1);
    post(429, "0", 1);
    post(500, "0", 1);
    System.out.println(same ? "as described" : "CHANGED");
    System.exit(same ? 0 : 1);
  }

  static void post(int answer, String after, int expected) throws Exception {
    requests.set(0);
    status = answer;
    retryAfter = after;
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    var body = RequestBody.create("{}", MediaType.get("application/json"));
    try (Response response = new OkHttpClient().newCall(new Request.Builder().url(url).post(body).build()).execute()) {
      System.out.println(answer + ", Retry-After " + after + ": " + requests + " request(s), the caller got " + response.code());
    }
    same &= requests.get() == expected;
  }
}
JAVA
java -cp "$dir/lib/*" Main.java
