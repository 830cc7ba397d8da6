package io.oriel.server.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes an event as one line; a failure that is a defect is followed by its stack. */
final class LineLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;
  private static final String OURS = "io.oriel.";
  private static final String LEVEL = "oriel.log";

  private final int shownFrom;

  LineLogger(String name) {
    this.name = name;
    Level ours = level(System.getProperty(LEVEL, "info"));
    boolean own = name.startsWith(OURS);
    this.shownFrom = own ? ours.toInt() : Math.max(ours.toInt(), Level.WARN.toInt());
  }

  private static Level level(String text) {
    try {
      return Level.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return Level.INFO;
    }
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    write(System.err, line(Instant.now(), level, message, arguments, failure));
  }

  /** The line, and the stack below it where there is one. */
  static String line(
      Instant at,
      Level level,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    String event = MessageFormatter.basicArrayFormat(message, arguments);
    var line = new StringBuilder(event.length() + 40);
    line.append(at.truncatedTo(ChronoUnit.MILLIS)).append(' ').append(level).append(' ');
    for (int i = 0; i < event.length(); i++) { // one event, one line: what came in can't forge one
      char c = event.charAt(i);
      if (c == '\n') line.append("\\n");
      else line.append(c < ' ' ? '?' : c);
    }
    line.append('\n');
    if (failure != null) {
      var stack = new StringWriter();
      failure.printStackTrace(new PrintWriter(stack, true));
      line.append(stack);
    }
    return line.toString();
  }

  private static void write(PrintStream out, String line) {
    out.print(line);
    out.flush();
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  private boolean shown(Level level) {
    return level.toInt() >= shownFrom;
  }

  @Override
  public boolean isTraceEnabled() {
    return shown(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return shown(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return shown(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return shown(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return shown(Level.ERROR);
  }
}
