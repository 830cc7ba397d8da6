package io.oriel.wire.relabel;

import com.google.re2j.PatternSyntaxException;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.util.List;
import java.util.Optional;

/** What a rule's section in the configuration says; missing keys have Prometheus' defaults. */
record RelabelSettings(
    RelabelAction action,
    List<String> sources,
    String separator,
    String regex,
    String target,
    String replacement,
    long modulus,
    NameScheme scheme) {

  private static final String ONLY_EQUAL =
      "%s action requires only 'source_labels' and `target_label`, and no other fields";
  private static final String ONLY_REGEX = "%s action requires only 'regex', and no other fields";

  /** Empty when something is wrong; that is told to the section's problems. */
  static Optional<RelabelRule> read(YamlMap yaml, NameScheme scheme) {
    Optional<RelabelAction> action = yaml.oneOf("action", RelabelAction.class);
    boolean isNoAction = action.isEmpty() && yaml.text("action").isPresent();
    var settings =
        new RelabelSettings(
            action.orElse(RelabelAction.REPLACE),
            yaml.texts("source_labels"),
            yaml.text("separator").orElse(RelabelRule.DEFAULT_SEPARATOR),
            yaml.text("regex").orElse(RelabelRule.DEFAULT_REGEX),
            yaml.text("target_label").orElse(""),
            yaml.text("replacement").orElse(RelabelRule.DEFAULT_REPLACEMENT),
            modulus(yaml),
            scheme);
    yaml.refuseUnknownKeys(yaml.problems());
    if (isNoAction) return Optional.empty(); // told; what it needs can't be known
    return settings.check(yaml) ? settings.compile(yaml) : Optional.empty();
  }

  private static long modulus(YamlMap yaml) {
    try {
      return Long.parseUnsignedLong(yaml.text("modulus").orElse("0"));
    } catch (NumberFormatException e) {
      yaml.problems()
          .add(yaml.at("modulus"), yaml.name("modulus") + " is not a whole number", "write 2 or 8");
      return 1;
    }
  }

  private Optional<RelabelRule> compile(YamlMap yaml) {
    try {
      return Optional.of(new RelabelRule(this));
    } catch (PatternSyntaxException e) {
      yaml.problems()
          .add(yaml.at("regex"), String.valueOf(e.getMessage()), "write it in RE2's syntax");
      return Optional.empty();
    }
  }

  /** The words of the refusals are Prometheus'. */
  private boolean check(YamlMap yaml) {
    String name = action.name().toLowerCase(java.util.Locale.ROOT);
    Problems problems = yaml.problems();
    if (action == RelabelAction.HASHMOD && modulus == 0) {
      problems.add(
          yaml.at(),
          "relabel configuration for hashmod requires non-zero modulus",
          "add 'modulus: 8' or another number of shards");
    } else if (action.needsTarget() && target.isEmpty()) {
      problems.add(
          yaml.at(),
          "relabel configuration for %s action requires 'target_label' value".formatted(name),
          "add 'target_label: ...'");
    } else if (!targetIsFine()) {
      problems.add(
          yaml.at("target_label"),
          "\"%s\" is invalid 'target_label' for %s action".formatted(target, name),
          "write a label name");
    } else if (action.refusesReplacement() && hasReplacement()) {
      problems.add(
          yaml.at("replacement"),
          "'replacement' can not be set for %s action".formatted(name),
          "remove it");
    } else if (action == RelabelAction.LABELMAP && !scheme.allowsTemplate(replacement)) {
      problems.add(
          yaml.at("replacement"),
          "\"%s\" is invalid 'replacement' for %s action".formatted(replacement, name),
          "write a label name, which may hold $1");
    } else if (hasMore()) {
      String only = action.needsTarget() ? ONLY_EQUAL : ONLY_REGEX;
      problems.add(yaml.at(), only.formatted(name), "remove the other keys");
    } else {
      return true;
    }
    return false;
  }

  private boolean targetIsFine() {
    if (action == RelabelAction.REPLACE) {
      return target.contains("$") ? scheme.allowsTemplate(target) : scheme.allows(target);
    }
    return !action.takesTargetLiterally() || scheme.allows(target);
  }

  private boolean hasReplacement() {
    return !replacement.equals(RelabelRule.DEFAULT_REPLACEMENT);
  }

  /** Whether keys are set that the action has no use for and that hide a mistake. */
  private boolean hasMore() {
    boolean other =
        modulus != 0 || !separator.equals(RelabelRule.DEFAULT_SEPARATOR) || hasReplacement();
    return switch (action) {
      case KEEPEQUAL, DROPEQUAL -> other || !regex.equals(RelabelRule.DEFAULT_REGEX);
      case LABELDROP, LABELKEEP -> other || !sources.isEmpty() || !target.isEmpty();
      default -> false;
    };
  }
}
