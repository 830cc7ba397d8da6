package io.oriel.server.http;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Refusal;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure becomes a status. Statuses and error types are those of Prometheus'
 * API ({@code web/api/v1/api.go}).
 */
public final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  /** Limits of what all callers share: asking again later helps. */
  private static final Set<Limit> SHARED =
      EnumSet.of(Limit.QUERIES_WAITING, Limit.ANSWERS_BYTES, Limit.REQUEST_BODIES_BYTES);

  /** Limits of one request's body: it will never be taken as it is. */
  private static final Set<Limit> BODIES =
      EnumSet.of(
          Limit.REQUEST_BODY_BYTES,
          Limit.WRITE_BODY_BYTES,
          Limit.WRITE_SERIES,
          Limit.WRITE_SAMPLES,
          Limit.WRITE_SYMBOLS);

  private Refusals() {}

  /** The status of a refusal, for who answers it in a form of their own. */
  public static int status(Refusal refusal) {
    return answer(refusal, ErrorForm.JSON).status();
  }

  static Answer answer(Throwable failure, ErrorForm form, String id, String method, String path) {
    return switch (failure) {
      case Refusal refusal -> answer(refusal, form);
      case Routes.WrongMethod wrong ->
          form.error(405, "bad_data", message(wrong)).with("Allow", wrong.allow());
      default -> {
        log.error(
            "request failed; this is a defect of Oriel method={} path={} id={}",
            method,
            path,
            id,
            failure);
        yield form.error(
            500, "internal", "Oriel failed to answer; its log tells more under id " + id);
      }
    };
  }

  private static Answer answer(Refusal refusal, ErrorForm form) {
    return switch (refusal) {
      case Refusal.BadRequest bad -> form.error(400, "bad_data", message(bad));
      case Refusal.BadQuery bad -> form.error(400, "bad_data", message(bad));
      case Refusal.QueryFailed failed -> form.error(422, "execution", message(failed));
      case Refusal.LimitReached full when SHARED.contains(full.limit()) ->
          form.error(503, "unavailable", message(full)).with("Retry-After", "1");
      case Refusal.LimitReached large when BODIES.contains(large.limit()) ->
          form.error(413, "bad_data", message(large));
      case Refusal.LimitReached limit -> form.error(422, "execution", message(limit));
      case Refusal.TimedOut late -> form.error(503, "timeout", message(late));
      case Refusal.Cancelled gone -> form.error(499, "canceled", message(gone));
      case Refusal.NotFound missing -> form.error(404, "not_found", message(missing));
      case Refusal.Denied denied -> form.error(403, "forbidden", message(denied));
      case Refusal.Unavailable not -> form.error(503, "unavailable", message(not));
      case Refusal.CannotStart wrong -> form.error(500, "internal", message(wrong));
    };
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
