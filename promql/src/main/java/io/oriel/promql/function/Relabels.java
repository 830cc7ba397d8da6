package io.oriel.promql.function;

import static io.oriel.promql.expr.ValueType.STRING;
import static io.oriel.promql.expr.ValueType.VECTOR;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.oriel.model.Regex;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.expr.Function;
import io.oriel.promql.expr.Inputs;
import io.oriel.promql.expr.Kernel;
import io.oriel.promql.expr.Quoting;
import java.util.ArrayList;
import java.util.List;

/** What gives series other labels. */
final class Relabels {
  static final List<Function> FUNCTIONS =
      List.of(
          Row.keepingName(
              Row.of(
                  "label_replace",
                  List.of(VECTOR, STRING, STRING, STRING, STRING),
                  VECTOR,
                  "Sets a label (2nd) to a text (3rd) with groups ($1) of a regular expression"
                      + " (5th) that the value of another label (4th) matches as a whole.",
                  (Kernel.OverLabels) Relabels::replace)),
          Row.keepingName(
              Row.optional(
                  Function.REPEATS,
                  Row.of(
                      "label_join",
                      List.of(VECTOR, STRING, STRING, STRING),
                      VECTOR,
                      "Sets a label (2nd) to the values of others (4th and on), put together with"
                          + " a separator (3rd).",
                      (Kernel.OverLabels) Relabels::join))));

  private Relabels() {}

  private static Kernel.OverLabels.Relabel replace(Inputs inputs) {
    String target = inputs.text(1);
    String template = inputs.text(2);
    String source = inputs.text(3);
    Pattern pattern = pattern(inputs.text(4));
    refuseBadName(target, "label_replace", inputs);
    return labels -> {
      Matcher match = pattern.matcher(labels.valueOf(source));
      if (!matches(match)) return labels;
      return labels.with(target, Template.expand(template, match, inputs.limits()));
    };
  }

  private static boolean matches(Matcher match) {
    try {
      return match.matches();
    } catch (StackOverflowError e) { // RE2/J follows alternatives by recursion
      throw new Refusal.QueryFailed(
          "the regular expression in label_replace() has too many alternatives");
    }
  }

  private static Pattern pattern(String regex) {
    try {
      return Regex.whole(regex);
    } catch (PatternSyntaxException e) {
      throw new Refusal.QueryFailed("invalid regular expression in label_replace(): " + regex);
    }
  }

  private static void refuseBadName(String name, String function, Inputs inputs) {
    String subject = "the label name for " + function + "()";
    inputs.limits().check(Limit.LABEL_NAME_BYTES, name.length(), subject);
    if (!name.isEmpty() && Quoting.isUtf8(name)) return;
    throw new Refusal.QueryFailed("invalid destination label name in " + function + "(): " + name);
  }

  private static Kernel.OverLabels.Relabel join(Inputs inputs) {
    String target = inputs.text(1);
    String separator = inputs.text(2);
    var sources = new ArrayList<String>();
    for (int i = 3; i < inputs.texts().size(); i++) sources.add(inputs.text(i));
    for (String source : sources) {
      if (source.isEmpty() || !Quoting.isUtf8(source)) {
        throw new Refusal.QueryFailed("invalid source label name in label_join(): " + source);
      }
    }
    refuseBadName(target, "label_join", inputs);
    return labels -> {
      var value = new StringBuilder();
      for (int i = 0; i < sources.size(); i++) {
        if (i > 0) value.append(separator);
        value.append(labels.valueOf(sources.get(i)));
        inputs
            .limits()
            .check(Limit.LABEL_VALUE_BYTES, value.length(), "a label value made by label_join()");
      }
      return labels.with(target, value.toString());
    };
  }
}
