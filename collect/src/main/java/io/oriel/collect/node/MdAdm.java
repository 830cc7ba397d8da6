package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.model.Labels;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Software RAID: which disks of an array work, and what the array is doing. */
final class MdAdm {
  private static final Metric DISKS = gauge("disks", "Disks of the array in each state.");
  private static final Metric REQUIRED = gauge("disks_required", "Disks that the array needs.");
  private static final Metric STATE = gauge("state", "1 for what the array does, else 0.");
  private static final Metric BLOCKS = gauge("blocks", "Blocks of the array.");
  private static final Metric SYNCED = gauge("blocks_synced", "Blocks that are in step.");
  private static final Metric DEGRADED = gauge("degraded", "Disks that are missing.");
  private static final Metric RAID_DISKS = gauge("raid_disks", "Disks that the array has in all.");

  private static final Pattern ARRAY = Pattern.compile("^(md\\S+) : (active|inactive)(.*)$");
  private static final Pattern SIZE = Pattern.compile("^\\s+(\\d+) blocks.*");
  private static final Pattern NEEDED = Pattern.compile(".*\\[(\\d+)/(\\d+)].*");
  private static final Pattern WORK =
      Pattern.compile(".*(recovery|resync|reshape|check)\\s*=.*\\((\\d+)/(\\d+)\\).*");
  private static final List<String> STATES =
      List.of("active", "inactive", "recovering", "resync", "check");

  private MdAdm() {}

  private static Metric gauge(String name, String help) {
    return Metric.gauge("node_md_" + name, help);
  }

  static Part part(KernelFiles files, Roots roots) {
    return new Scanned(
        "mdadm",
        List.of(DISKS, REQUIRED, STATE, BLOCKS, SYNCED, DEGRADED, RAID_DISKS),
        files,
        Scanned.EACH_ROUND,
        rows -> scan(files, roots, rows));
  }

  /** One array, put together from the lines of mdstat that tell of it. */
  private static final class Array {
    final Labels labels;
    String state;
    long blocks;
    long synced = -1;
    long required;
    long active;
    final long failed;
    final long spare;

    Array(Matcher line) {
      labels = Labels.of("device", line.group(1));
      state = line.group(2);
      failed = count(line.group(3), "(F)");
      spare = count(line.group(3), "(S)");
    }

    private static long count(String text, String sign) {
      return (text.length() - text.replace(sign, "").length()) / (long) sign.length();
    }

    void read(String line) {
      Matcher size = SIZE.matcher(line);
      if (size.matches()) blocks = Long.parseLong(size.group(1));
      Matcher needed = NEEDED.matcher(line);
      if (needed.matches()) {
        required = Long.parseLong(needed.group(1));
        active = Long.parseLong(needed.group(2));
      }
      Matcher work = WORK.matcher(line);
      if (!work.matches()) return;
      state = work.group(1).equals("recovery") ? "recovering" : work.group(1);
      synced = Long.parseLong(work.group(2));
    }

    void into(Rows rows) {
      rows.fact(DISKS, labels.with("state", "active"), active);
      rows.fact(DISKS, labels.with("state", "failed"), failed);
      rows.fact(DISKS, labels.with("state", "spare"), spare);
      rows.fact(REQUIRED, labels, required);
      rows.fact(BLOCKS, labels, blocks);
      rows.fact(SYNCED, labels, synced < 0 ? blocks : synced);
      for (String each : STATES) {
        rows.fact(STATE, labels.with("state", each), each.equals(state) ? 1 : 0);
      }
    }
  }

  private static void scan(KernelFiles files, Roots roots, Rows rows) throws Unreadable {
    String mdstat = files.read(roots.proc("mdstat")).all();
    @Nullable Array array = null;
    for (String line : mdstat.split("\n", -1)) {
      Matcher head = ARRAY.matcher(line);
      if (head.matches()) {
        if (array != null) array.into(rows);
        array = new Array(head);
        String folder = roots.sys("block/" + head.group(1) + "/md/");
        rows.live(DEGRADED, array.labels, folder + "/degraded", 1);
        rows.live(RAID_DISKS, array.labels, folder + "/raid_disks", 1);
      } else if (array != null) {
        array.read(line);
      }
    }
    if (array != null) array.into(rows);
  }
}
