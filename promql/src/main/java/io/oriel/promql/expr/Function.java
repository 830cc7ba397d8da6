package io.oriel.promql.expr;

import java.util.List;

/**
 * One PromQL function, whole: what it takes, what it gives, what it is for, how it is computed. The
 * type check, the documentation and completion are made from these rows.
 *
 * @param takes the types of the arguments
 * @param optional how many of the last arguments may be left out; {@link #REPEATS}: the last type
 *     may come any number of times, none included
 * @param experimental whether it must be switched on
 * @param keepsName whether the metric name stays
 * @param phrase a call in words, with places for the arguments: {@code {0}} the first, {@code {0%}}
 *     as a share, {@code {0s}} as a time, {@code {0|now}} with what stands there when it is left
 *     out, {@code {2+}} the third and all that follow, {@code {over}} the range
 * @param example a query that uses it
 */
public record Function(
    String name,
    List<ValueType> takes,
    int optional,
    ValueType returns,
    boolean experimental,
    boolean keepsName,
    String doc,
    String phrase,
    String example,
    Kernel kernel) {
  public static final int REPEATS = -1;

  public Function {
    takes = List.copyOf(takes);
  }

  public int fewest() {
    return takes.size() - Math.abs(optional);
  }

  public int most() {
    return optional == REPEATS ? Integer.MAX_VALUE : takes.size();
  }

  /** The type of an argument; beyond the last one: the last one's. */
  public ValueType takes(int argument) {
    return takes.get(Math.min(argument, takes.size() - 1));
  }

  /** {@code round(v instant vector, scalar)} in the form that documentation shows. */
  public String signature() {
    var text = new StringBuilder(name).append('(');
    for (int i = 0; i < takes.size(); i++) {
      if (i > 0) text.append(", ");
      boolean mayMiss = i >= fewest();
      text.append(mayMiss ? "[" : "").append(takes.get(i).words());
      text.append(optional == REPEATS && i == takes.size() - 1 ? " ..." : "");
      text.append(mayMiss ? "]" : "");
    }
    return text.append(") ").append(returns.words()).toString();
  }

  /** The same row with a call of it in words, and an example. */
  public Function said(String words, String query) {
    return new Function(
        name, takes, optional, returns, experimental, keepsName, doc, words, query, kernel);
  }
}
