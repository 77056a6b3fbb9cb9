package dev.logshipper.client.http;

import java.util.List;
import java.util.Locale;

/// Recognizes a response that declines a request for its size, whatever its status: 413, or another
/// error whose text gives the size as the reason. Stateless.
public final class SizeError {
  /// Enough of an error's body for its reason.
  public static final int BODY_BYTES = 2048;

  /// In a sentence with one of these, a size is about the request rather than about a field.
  private static final List<String> SUBJECTS =
      List.of("body", "request", "payload", "entity", "batch", "content", "message", "post");

  private static final List<String> SIGNS =
      List.of("too large", "too big", "too long", "larger than", "size exceeds", "size exceeded");

  /// Characters of a text before and after a sign that belong to it.
  private static final int BEFORE = 60;

  private static final int AFTER = 40;

  private SizeError() {}

  /// Whether the destination may accept a smaller request.
  public static boolean isIn(PostResult.Response response) {
    int status = response.status();
    if (status == 413) {
      return true;
    }
    boolean mayBe =
        status == 400
            || status == 422
            || status == 500
            || (status == 429 && response.retryAfter().isZero());
    return mayBe && isIn(response.errorBody().toLowerCase(Locale.ROOT));
  }

  private static boolean isIn(String text) {
    for (String sign : SIGNS) {
      int at = text.indexOf(sign);
      if (at >= 0) {
        int end = Math.min(text.length(), at + sign.length() + AFTER);
        return hasSubject(text.substring(Math.max(0, at - BEFORE), end));
      }
    }
    return false;
  }

  private static boolean hasSubject(String sentence) {
    for (String subject : SUBJECTS) {
      if (sentence.contains(subject)) {
        return true;
      }
    }
    return false;
  }
}
