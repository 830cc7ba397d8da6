package io.oriel.promql.script;

/**
 * What became of one {@code eval}.
 *
 * @param line where it stands in its file, from 1
 * @param query what was asked
 * @param reason why it failed, empty when it passed
 */
public record Outcome(int line, String query, String reason) {

  public boolean passed() {
    return reason.isEmpty();
  }
}
