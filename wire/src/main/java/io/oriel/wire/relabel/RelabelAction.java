package io.oriel.wire.relabel;

/** What a rule does; the names are those of the configuration. */
enum RelabelAction {
  REPLACE,
  KEEP,
  DROP,
  KEEPEQUAL,
  DROPEQUAL,
  HASHMOD,
  LABELMAP,
  LABELDROP,
  LABELKEEP,
  LOWERCASE,
  UPPERCASE;

  boolean needsTarget() {
    return switch (this) {
      case REPLACE, KEEPEQUAL, DROPEQUAL, HASHMOD, LOWERCASE, UPPERCASE -> true;
      case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
    };
  }

  /** Whether the target is a name as it stands, without groups in it. */
  boolean takesTargetLiterally() {
    return needsTarget() && this != REPLACE;
  }

  boolean refusesReplacement() {
    return switch (this) {
      case KEEPEQUAL, DROPEQUAL, LOWERCASE, UPPERCASE -> true;
      default -> false;
    };
  }
}
