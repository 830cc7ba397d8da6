package io.oriel.collect.node;

import io.oriel.model.Clock;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of the machine, in the order they are read. */
final class Parts {
  private Parts() {}

  static List<Part> all(KernelFiles files, Roots roots, @Nullable Path textFiles, Clock clock) {
    var walk = new ProcessWalk(files, roots);
    return List.of(
        new Cpu(files, roots),
        MemInfo.part(files, roots),
        new LoadAvg(files, roots),
        Stat.part(files, roots),
        VmStat.part(files, roots),
        new Pressure(files, roots),
        new DiskStats(files, roots),
        new NetDev(files, roots),
        new NetClass(files, roots),
        new NetStat(files, roots),
        new SockStat(files, roots),
        new SoftNet(files, roots),
        new FileFd(files, roots),
        new Entropy(files, roots),
        new Conntrack(files, roots),
        new Arp(files, roots),
        new UdpQueues(files, roots),
        new FileSystems(files, roots),
        new Uname(files),
        new OsRelease(files, roots),
        new Time(files, roots, clock),
        new Timex(files),
        new SchedStat(files, roots),
        new Interrupts(files, roots),
        new Processes(walk, files, roots),
        new BusiestProcesses(walk, files, roots, clock), // after the walk
        CpuFreq.part(files, roots),
        ThermalZones.part(files, roots),
        HwMon.part(files, roots),
        Rapl.part(files, roots),
        PowerSupply.part(files, roots),
        Edac.part(files, roots),
        Dmi.part(files, roots),
        Nvme.part(files, roots),
        Bonding.part(files, roots),
        InfiniBand.part(files, roots),
        new KernelHung(files, roots),
        MdAdm.part(files, roots),
        new TcpStat(files),
        new TextFiles(textFiles),
        new Systemd(files, roots)); // last: a bus may take its time
  }
}
