/*
 * A library that answers as NVML does, to hold the binding to the real structs: the compiler lays
 * them out, as it did in the driver. Three GPUs: 0 is whole, 1 is in MIG mode, 2 is lost.
 * With -DOLD it is a driver of years ago: no structs with versions, no monitors, small processes.
 * With -DBROKEN it can't be initialised.
 */
#include <string.h>

typedef struct device *D;
typedef unsigned int u32;
typedef unsigned long long u64;

struct device { int number; };
static struct device gpus[3] = {{0}, {1}, {2}};
static struct device instances[2] = {{10}, {11}};
static int initialised;

#define GOOD(d)                         \
  do {                                  \
    if (!initialised) return 1;         \
    if (!(d)) return 2;                 \
    if ((d)->number == 2) return 15;    \
  } while (0)

#ifdef BROKEN
int nvmlInit_v2(void) { return 18; }
#else
int nvmlInit_v2(void) { initialised++; return 0; }
#endif
int nvmlShutdown(void) { initialised--; return 0; }

static int put(char *to, u32 room, const char *text) {
  if (strlen(text) >= room) return 7;
  strcpy(to, text);
  return 0;
}

int nvmlSystemGetDriverVersion(char *to, u32 room) { return put(to, room, "590.48.01"); }
int nvmlSystemGetCudaDriverVersion_v2(int *v) { *v = 13010; return 0; }
int nvmlSystemGetProcessName(u32 pid, char *to, u32 room) {
  return pid == 4711 ? put(to, room, "/usr/bin/python3") : 6;
}
int nvmlDeviceGetCount_v2(u32 *n) { *n = 3; return initialised ? 0 : 1; }
int nvmlDeviceGetHandleByIndex_v2(u32 i, D *d) {
  if (i > 2) return 2;
  *d = &gpus[i];
  return 0;
}

int nvmlDeviceGetName(D d, char *to, u32 room) {
  GOOD(d);
  return put(to, room, d->number >= 10 ? "NVIDIA H200 MIG 1g.18gb" : "NVIDIA H200");
}
int nvmlDeviceGetUUID(D d, char *to, u32 room) {
  GOOD(d);
  return put(to, room, d->number == 0 ? "GPU-0000" : d->number == 1 ? "GPU-1111" : d->number == 10 ? "MIG-aaaa" : "MIG-bbbb");
}
int nvmlDeviceGetSerial(D d, char *to, u32 room) { GOOD(d); return put(to, room, "1654"); }
int nvmlDeviceGetInforomVersion(D d, int what, char *to, u32 room) {
  GOOD(d);
  return put(to, room, what == 0 ? "2.1" : what == 1 ? "7.16" : "?");
}

typedef struct { char old[16]; u32 domain, bus, device, id, board; char busId[32]; } Pci;
int nvmlDeviceGetPciInfo_v3(D d, Pci *p) {
  GOOD(d);
  strcpy(p->old, "0000:83:00.0");
  strcpy(p->busId, "00000000:83:00.0");
  p->domain = 0, p->bus = 0x83, p->device = 0, p->id = 0x233510DE, p->board = 0x18BE10DE;
  return 0;
}

/* One function for each shape of call; the values tell which function and which place. */
#define ONE(f, type, v) int f(D d, type *a) { GOOD(d); *a = v; return 0; }
#define TWO(f, type, v) int f(D d, type *a, type *b) { GOOD(d); *a = v; *b = v + 1; return 0; }
#define OF(f, type, v) int f(D d, int of, type *a) { GOOD(d); *a = v + of; return 0; }

typedef struct { u32 gpu, memory; } Utilization;
int nvmlDeviceGetUtilizationRates(D d, Utilization *u) {
  GOOD(d);
  if (d->number == 1) return 3;
  u->gpu = 97, u->memory = 41;
  return 0;
}
TWO(nvmlDeviceGetEncoderUtilization, u32, 11)
TWO(nvmlDeviceGetDecoderUtilization, u32, 13)
#define GIB (1ull << 30)
typedef struct { u64 total, free, used; } Memory;
int nvmlDeviceGetMemoryInfo(D d, Memory *m) {
  GOOD(d);
  m->total = 141 * GIB, m->free = 40 * GIB, m->used = 101 * GIB;
  return 0;
}
OF(nvmlDeviceGetTemperature, u32, 52)
OF(nvmlDeviceGetTemperatureThreshold, u32, 90)
ONE(nvmlDeviceGetPowerUsage, u32, 627400)
ONE(nvmlDeviceGetPowerManagementLimit, u32, 700000)
ONE(nvmlDeviceGetEnforcedPowerLimit, u32, 690000)
TWO(nvmlDeviceGetPowerManagementLimitConstraints, u32, 200000)
ONE(nvmlDeviceGetTotalEnergyConsumption, u64, 0x123456789ABCull)
OF(nvmlDeviceGetClockInfo, u32, 1980)
OF(nvmlDeviceGetMaxClockInfo, u32, 2980)
ONE(nvmlDeviceGetPerformanceState, int, 0)
int nvmlDeviceGetFanSpeed(D d, u32 *a) { GOOD(d); return 3; }
TWO(nvmlDeviceGetEccMode, u32, 0)
int nvmlDeviceGetTotalEccErrors(D d, int type, int counter, u64 *a) {
  GOOD(d);
  *a = 100 + 10 * type + counter;
  return 0;
}
int nvmlDeviceGetMemoryErrorCounter(D d, int type, int counter, int place, u64 *a) {
  GOOD(d);
  *a = 1000 + 100 * type + 10 * counter + place;
  return 0;
}
int nvmlDeviceGetRemappedRows(D d, u32 *c, u32 *u, u32 *p, u32 *f) {
  GOOD(d);
  *c = 4, *u = 3, *p = 1, *f = 0;
  return 0;
}
typedef struct { u32 max, high, partial, low, none; } Histogram;
int nvmlDeviceGetRowRemapperHistogram(D d, Histogram *h) {
  GOOD(d);
  h->max = 3071, h->high = 5, h->partial = 4, h->low = 3, h->none = 2;
  return 0;
}
OF(nvmlDeviceGetPcieThroughput, u32, 5000)
ONE(nvmlDeviceGetCurrPcieLinkGeneration, u32, 5)
ONE(nvmlDeviceGetMinorNumber, u32, 7)
TWO(nvmlDeviceGetCudaComputeCapability, int, 9)
int nvmlDeviceGetMigMode(D d, u32 *now, u32 *then) {
  GOOD(d);
  *now = *then = d->number == 1;
  return 0;
}

#ifdef OLD
ONE(nvmlDeviceGetCurrentClocksThrottleReasons, u64, 0x24)

typedef struct { u32 pid; u64 used; } Process;
int nvmlDeviceGetComputeRunningProcesses(D d, u32 *n, Process *p) {
  GOOD(d);
  if (*n < 1) { *n = 1; return 7; }
  *n = 1, p->pid = 4711, p->used = 5 * GIB;
  return 0;
}
#else
ONE(nvmlDeviceGetCurrentClocksEventReasons, u64, 0x24)

typedef struct { u32 version; u64 total, reserved, free, used; } Memory2;
int nvmlDeviceGetMemoryInfo_v2(D d, Memory2 *m) {
  GOOD(d);
  if (m->version != (sizeof *m | 2 << 24)) return 25;
  u64 part = d->number >= 10 ? 8 : 1;
  m->total = 141 * GIB / part, m->reserved = GIB / part, m->free = 40 * GIB / part, m->used = 100 * GIB / part;
  return 0;
}
typedef struct { u32 version, sensor; int celsius; } Temperature;
int nvmlDeviceGetTemperatureV(D d, Temperature *t) {
  GOOD(d);
  if (t->version != (sizeof *t | 1 << 24) || t->sensor) return 25;
  t->celsius = -5;
  return 0;
}
typedef struct { u32 version; int margin; } Margin;
int nvmlDeviceGetMarginTemperature(D d, Margin *t) {
  GOOD(d);
  if (t->version != (sizeof *t | 1 << 24)) return 25;
  t->margin = 35;
  return 0;
}
typedef struct {
  u32 version;
  u64 aggParity, aggSecDed, aggCorrected, volParity, volSecDed, volCorrected;
  u64 l2, sm, pcie, mcu, other;
  u32 passed;
} Sram;
int nvmlDeviceGetSramEccErrorStatus(D d, Sram *s) {
  GOOD(d);
  if (s->version != (sizeof *s | 1 << 24)) return 25;
  s->aggParity = 21, s->aggSecDed = 22, s->aggCorrected = 99, s->volParity = 23, s->volSecDed = 24;
  s->volCorrected = 99, s->l2 = 25, s->sm = 26, s->pcie = 27, s->mcu = 28, s->other = 29, s->passed = 1;
  return 0;
}
typedef struct {
  u32 version; unsigned char cluster[16]; int status; u32 clique; unsigned char state; u32 health;
} Fabric;
int nvmlDeviceGetGpuFabricInfoV(D d, Fabric *f) {
  GOOD(d);
  if (f->version != (sizeof *f | 2 << 24)) return 25;
  f->clique = 77, f->state = 3;
  return 0;
}
typedef struct {
  u32 version; unsigned char guid[16], chassis[16], slot, tray, host, peer, module;
} Platform;
int nvmlDeviceGetPlatformInfo(D d, Platform *p) {
  GOOD(d);
  if (p->version != (sizeof *p | 2 << 24)) return 25;
  p->slot = 1, p->tray = 2, p->host = 3, p->peer = 9, p->module = 255;
  return 0;
}

/* One process more at each call: the list grows between the question for room and the answer. */
typedef struct { u32 pid; u64 used; u32 gi, ci; } Process;
static u32 processes = 100;
int nvmlDeviceGetComputeRunningProcesses_v3(D d, u32 *n, Process *p) {
  GOOD(d);
  u32 now = processes++;
  if (*n < now) { *n = now; return 7; }
  *n = now;
  for (u32 i = 0; i < now; i++) {
    p[i].pid = 4711 + i, p[i].used = i == 1 ? ~0ull : (i + 1) * GIB;
    p[i].gi = d->number == 1 ? 7 : ~0u, p[i].ci = d->number == 1 ? 0 : ~0u;
  }
  return 0;
}
int nvmlDeviceGetGraphicsRunningProcesses_v3(D d, u32 *n, Process *p) { GOOD(d); *n = 0; return 0; }

ONE(nvmlDeviceGetMaxMigDeviceCount, u32, 7)
int nvmlDeviceGetMigDeviceHandleByIndex(D d, u32 i, D *mig) {
  GOOD(d);
  if (i != 1 && i != 4) return 6;
  *mig = &instances[i == 4];
  return 0;
}
ONE(nvmlDeviceGetGpuInstanceId, u32, d->number == 10 ? 7 : 9)
ONE(nvmlDeviceGetComputeInstanceId, u32, 0)

typedef struct {
  u32 id, scope; long long time, latency; u32 type; int code;
  union { double d; u32 u; u64 ull; long long s; int i; unsigned short us; } value;
} Field;
int nvmlDeviceGetFieldValues(D d, int n, Field *f) {
  GOOD(d);
  for (int i = 0; i < n; i++) {
    f[i].code = 0;
    switch (f[i].id) {
      case 82: f[i].type = 1, f[i].value.u = 40; break;
      case 185: f[i].type = 0, f[i].value.d = 627400.5; break;
      case 138: f[i].type = 3, f[i].value.ull = 1ull << 40; f[i].code = f[i].scope == ~0u ? 0 : 2; break;
      case 74: f[i].type = 4, f[i].value.s = -7; break;
      case 274: f[i].type = 5, f[i].value.i = -100; break;
      case 230: f[i].type = 6, f[i].value.us = 65535; break;
      case 91: f[i].type = 42; break;
      default: f[i].code = 3;
    }
  }
  return 0;
}

/* XIDs: two wait in the queue once somebody has registered for them. */
typedef struct { D device; u64 type, data; u32 gi, ci; } Event;
static int set, waiting;
int nvmlEventSetCreate(void **s) { *s = &set; return 0; }
int nvmlEventSetFree(void *s) { return s == &set ? 0 : 2; }
int nvmlDeviceRegisterEvents(D d, u64 types, void *s) {
  GOOD(d);
  if (s != &set) return 2;
  if (types == 8 && d->number == 0) waiting = 2;
  return 0;
}
int nvmlEventSetWait_v2(void *s, Event *e, u32 ms) {
  if (s != &set) return 2;
  if (!waiting) return 10;
  e->device = &gpus[0], e->type = 8, e->data = waiting-- == 2 ? 79 : 31, e->gi = e->ci = ~0u;
  return 0;
}

/* The monitors: a sample is a number that counts up. */
typedef struct { u32 version, supported; } Support;
int nvmlGpmQueryDeviceSupport(D d, Support *s) {
  GOOD(d);
  if (s->version != 1) return 25;
  s->supported = 1;
  return 0;
}
typedef struct { u64 taken; int of; } Sample;
static Sample samples[8];
static int held;
static u64 ticks;
int nvmlGpmSampleAlloc(Sample **s) { *s = &samples[held++]; return 0; }
int nvmlGpmSampleFree(Sample *s) { held--; return 0; }
int nvmlGpmSampleGet(D d, Sample *s) { GOOD(d); s->taken = ++ticks, s->of = -1; return 0; }
int nvmlGpmMigSampleGet(D d, u32 gi, Sample *s) { GOOD(d); s->taken = ++ticks, s->of = gi; return 0; }
typedef struct { u32 id; int code; double value; const char *names[3]; } Metric;
typedef struct { u32 version, n; Sample *older, *newer; Metric metrics[333]; } Metrics;
int nvmlGpmMetricsGet(Metrics *m) {
  if (m->version != 1) return 25;
  if (m->older->taken >= m->newer->taken) return 2;
  for (u32 i = 0; i < m->n; i++) {
    Metric *each = &m->metrics[i];
    each->code = each->id == 9 ? 3 : 0;
    each->value = each->id + m->newer->of / 100.0;
  }
  return 0;
}
int heldSamples(void) { return held; }
#endif
