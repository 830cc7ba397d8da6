package io.oriel.wire.yaml;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Refuses documents that would hurt a reader: too deep for a recursive one, aliases that multiply
 * or go in circles, keys that stand twice.
 */
final class YamlGuard {
  private static final long IN_PROGRESS = -1;

  private final YamlSource source;
  private final Limits limits;
  private final IdentityHashMap<Node, Long> sizes = new IdentityHashMap<>();
  private boolean fine = true;

  YamlGuard(YamlSource source, Limits limits) {
    this.source = source;
    this.limits = limits;
  }

  /** Whether the text is shallow enough to be composed; the library composes recursively. */
  boolean depthIsFine(String text, LoadSettings settings) {
    long deepest = limits.of(Limit.CONFIG_DEPTH);
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > deepest) {
        refuse(
            source.place(event.getStartMark()),
            "more than %d %s".formatted(deepest, Limit.CONFIG_DEPTH.bounds()),
            "write it flatter");
        return fine;
      }
    }
    return fine;
  }

  /** Whether the document may be walked: everything that is wrong with it is told. */
  boolean nodesAreFine(Node root) {
    long most = limits.of(Limit.CONFIG_VALUES);
    long size = size(root);
    if (size > most) {
      refuse(
          source.place(root.getStartMark()),
          "the file is over the limit of %d %s".formatted(most, Limit.CONFIG_VALUES.bounds()),
          "use fewer aliases, or split the file");
    }
    return fine;
  }

  /** How many values there are below a node when aliases are followed; each node is seen once. */
  private long size(Node node) {
    Long known = sizes.get(node);
    if (known != null) {
      if (known != IN_PROGRESS) return known;
      refuse(
          source.place(node.getStartMark()),
          "an alias refers to what it stands in",
          "write the value out instead of the alias");
      return 0;
    }
    sizes.put(node, IN_PROGRESS);
    long size = 1;
    if (node instanceof SequenceNode list) {
      for (Node each : list.getValue()) size = plus(size, size(each));
    } else if (node instanceof MappingNode map) {
      refuseRepeats(map);
      for (NodeTuple pair : map.getValue()) {
        size = plus(size, plus(size(pair.getKeyNode()), size(pair.getValueNode())));
      }
    }
    sizes.put(node, size);
    return size;
  }

  private void refuse(Place at, String happened, String remedy) {
    fine = false;
    source.problem(at, happened, remedy);
  }

  private static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private void refuseRepeats(MappingNode map) {
    var seen = new HashMap<String, Place>();
    var told = new HashSet<String>();
    for (NodeTuple pair : map.getValue()) {
      Place at = source.place(pair.getKeyNode().getStartMark());
      if (!(pair.getKeyNode() instanceof ScalarNode key)) {
        refuse(at, "a key is a list or a mapping", "write a plain word before the colon");
        continue;
      }
      Place first = seen.putIfAbsent(key.getValue(), at);
      if (first != null && told.add(key.getValue())) {
        refuse(
            at,
            "the key %s stands twice, first in line %d".formatted(key.getValue(), first.line()),
            "keep one of them");
      }
    }
  }
}
