package io.oriel.model.limit;

/**
 * What a caller can be told: what happened, where, and what to do. Never a stack trace. The family
 * is closed, so that the one place where a refusal becomes an HTTP status or an exit code sees all.
 */
public abstract sealed class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private Refusal(String message) {
    super(message, null, false, false); // an answer, not a defect: no stack is needed
  }

  private static String sentence(String happened, String remedy) {
    if (happened.isBlank() || remedy.isBlank()) {
      throw new IllegalArgumentException("a refusal says what happened and what to do");
    }
    return happened + "; " + remedy;
  }

  /** The request can't be understood: a missing parameter, a wrong number. */
  public static final class BadRequest extends Refusal {
    private static final long serialVersionUID = 1;

    public BadRequest(String happened, String remedy) {
      super(sentence(happened, remedy));
    }
  }

  /** A query that does not parse or type-check; the text is the query language's own. */
  public static final class BadQuery extends Refusal {
    private static final long serialVersionUID = 1;

    public BadQuery(String protocolText) {
      super(protocolText);
    }
  }

  /** A query that is well formed and can't be computed; the text is the query language's own. */
  public static final class QueryFailed extends Refusal {
    private static final long serialVersionUID = 1;

    public QueryFailed(String protocolText) {
      super(protocolText);
    }
  }

  /** More than a limit allows; the limit is named with its key. */
  public static final class LimitReached extends Refusal {
    private static final long serialVersionUID = 1;
    private final Limit limit;

    public LimitReached(Limit limit, long allowed, String subject) {
      super(
          sentence(
              "%s is over the limit of %d %s".formatted(subject, allowed, limit.bounds()),
              "ask for less, or raise limits." + limit.key()));
      this.limit = limit;
    }

    /**
     * @param remedy what helps beside raising the limit
     */
    public LimitReached(Limit limit, long allowed, String subject, String remedy) {
      super(
          sentence(
              "%s is over the limit of %d %s".formatted(subject, allowed, limit.bounds()),
              remedy + ", or raise limits." + limit.key()));
      this.limit = limit;
    }

    public Limit limit() {
      return limit;
    }
  }

  /** It took longer than allowed. */
  public static final class TimedOut extends Refusal {
    private static final long serialVersionUID = 1;

    public TimedOut(String happened, String remedy) {
      super(sentence(happened, remedy));
    }
  }

  /** The caller went away before the answer was there. */
  public static final class Cancelled extends Refusal {
    private static final long serialVersionUID = 1;

    public Cancelled(String happened) {
      super(happened);
    }
  }

  /** What was asked for is not there. */
  public static final class NotFound extends Refusal {
    private static final long serialVersionUID = 1;

    public NotFound(String happened, String remedy) {
      super(sentence(happened, remedy));
    }
  }

  /** It is there, and switched off or not for this caller. */
  public static final class Denied extends Refusal {
    private static final long serialVersionUID = 1;

    public Denied(String happened, String remedy) {
      super(sentence(happened, remedy));
    }
  }

  /** It can't be done now: starting, closing, the disk is full. */
  public static final class Unavailable extends Refusal {
    private static final long serialVersionUID = 1;

    public Unavailable(String happened, String remedy) {
      super(sentence(happened, remedy));
    }
  }

  /** Oriel can't start, or can't go on: a wrong configuration, a taken port or data folder. */
  public static final class CannotStart extends Refusal {
    private static final long serialVersionUID = 1;

    public CannotStart(String happened, String remedy) {
      super(sentence(happened, remedy));
    }

    /** Several problems at once, a line each, each with its place and remedy. */
    public CannotStart(java.util.List<String> lines) {
      super(String.join("\n", lines));
    }
  }
}
