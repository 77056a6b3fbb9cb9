package okhttp3;

/// A library's class with the name of one that a bundled sink uses.
public class OkHttpClient {
  public static String word() {
    return "theirs";
  }
}
