// Made-up answers of Oriel's own API: a machine with a few model servers, one of which hangs.
const started = Date.now() - 4_463_000;
const DASHBOARDS = [
  {
    uid: 'server-health',
    title: 'Server health',
    folder: 'Servers',
    tags: ['server'],
    description: 'One machine: processor, memory, disks, network, temperatures, who waits.',
  },
];

/** The body for `api/v1/oriel/NAME/REST`, or undefined when there is none. */
export function oriel(name, rest) {
  const now = Date.now();
  if (name === 'about') {
    return {
      version: '0.1.0',
      host: 'atlas-01',
      startedMs: started,
      retentionMs: 1_296_000_000,
      cores: 16,
      now,
    };
  }
  if (name === 'self') {
    const wobble = Math.sin(now / 30_000);
    return {
      cpuCores: 0.007 + 0.001 * wobble,
      residentBytes: 123_731_968 + 1e6 * wobble,
      series: 11_455,
      samplesPerSecond: 764 + 5 * wobble,
    };
  }
  if (name === 'engine') return null;
  if (name === 'cardinality') return CARDINALITY;
  if (name === 'targets') return targets(now);
  if (name === 'dashboards')
    return rest[0] ? DASHBOARDS.find(({ uid }) => uid === rest[0]) : DASHBOARDS;
  return undefined;
}

function targets(now) {
  const all = [
    collector('Server', '/proc and /sys', 684, 6, 4, now),
    collector('Oriel', 'this process', 212, 1.2, 9, now),
    scrape('vllm', 'vllm-qwen3-235b', 'http://10.0.0.11:8000/metrics', 264, 11, 2, now),
    scrape('vllm', 'vllm-llama70', 'http://10.0.0.12:8000/metrics', 251, 184, 8, now),
    scrape('vllm', 'vllm-gpt-oss', 'http://10.0.0.13:8000/metrics', 264, 9, 11, now),
    {
      ...scrape('vllm', 'vllm-whisper', 'http://10.0.0.14:8000/metrics', 0, 10_000, 3, now),
      health: 'DOWN',
      error: 'no answer within 10s (http://10.0.0.14:8000/metrics)',
      remedy:
        'The port is open, but nobody reads. Look at what its process waits for, or restart it.',
      lastGoodMs: now - 4_440_000,
      failuresInARow: 296,
    },
    scrape('services', 'ollama', 'http://10.0.0.21:11434/api/ps', 38, 4, 12, now, 30_000),
    scrape('services', 'litellm', 'http://10.0.0.22:4000/metrics', 1034, 63, 21, now, 30_000),
    {
      ...scrape('services', 'qdrant', 'http://10.0.0.23:6333/metrics', 0, 0, 0, now, 30_000),
      health: 'UNKNOWN',
      lastMs: 0,
      lastGoodMs: 0,
    },
  ];
  return { targets: all, dropped: DROPPED, jobs: jobsOf(all), intake: INTAKE };
}

function collector(name, where, samples, tookMs, agoS, now) {
  return {
    ...scrape('Collectors', name, where, samples, tookMs, agoS, now),
    id: `collector-${name.toLowerCase()}`,
    kind: 'COLLECTOR',
    labels: { job: name === 'Server' ? 'node' : 'oriel', instance: 'atlas-01' },
    discovered: {},
    foundBy: 'built in',
  };
}

function scrape(pool, name, where, samples, tookMs, agoS, now, intervalMs = 15_000) {
  const host = where.replace(/^https?:\/\/([^/]+).*/, '$1');
  return {
    id: `${pool}-${name}`,
    kind: 'SCRAPE',
    pool,
    name,
    where,
    labels: { job: pool, instance: host },
    discovered: { __address__: host, __metrics_path__: '/metrics', __scheme__: 'http' },
    foundBy: 'prometheus.yml, static_configs',
    health: 'UP',
    error: '',
    remedy: '',
    lastMs: now - agoS * 1000,
    lastGoodMs: now - agoS * 1000,
    tookNanos: tookMs * 1e6,
    samples,
    intervalMs,
    timeoutMs: 10_000,
    failuresInARow: 0,
  };
}

function jobsOf(all) {
  return [...new Set(all.map(({ pool }) => pool))].map((job) => {
    const own = all.filter(({ pool }) => pool === job);
    return {
      job,
      kind: own[0].kind,
      up: own.filter(({ health }) => health === 'UP').length,
      total: own.length,
      series: own.reduce((sum, { samples }) => sum + samples, 0),
      interval: own[0].intervalMs,
    };
  });
}

const DROPPED = [
  {
    labels: { __address__: 'litellm-db:5432', container: 'litellm-db' },
    reason: 'relabel rule 1: keep image=~vllm|litellm|qdrant|ollama',
  },
  {
    labels: { __address__: 'n8n:5678', container: 'n8n' },
    reason: 'relabel rule 3: drop oriel_scrape=false',
  },
];

const INTAKE = [
  { reason: 'out_of_order', words: 'Older than what is stored', count: 12 },
  { reason: 'duplicate', words: 'Same time, other value', count: 3 },
  { reason: 'too_old', words: 'Older than 30 min', count: 0 },
];

const CARDINALITY = {
  series: 131_455,
  labelPairs: 104_210,
  metrics: [
    { name: 'agent_requests_total', count: 96_000 },
    { name: 'litellm_request_total_latency_metric_bucket', count: 8_214 },
    { name: 'vllm:time_to_first_token_seconds_bucket', count: 3_128 },
    { name: 'node_cpu_seconds_total', count: 128 },
  ],
  labels: [
    { name: 'session_id', count: 96_000 },
    { name: 'le', count: 62 },
    { name: 'model', count: 10 },
  ],
  pairs: [
    { name: 'job=agent-coder', count: 100_000 },
    { name: 'job=litellm', count: 12_034 },
  ],
  jobs: [
    job('node', 684, 684, 0, null),
    job('agent-coder', 100_000, 104_000, 4_611, { label: 'session_id', newValues: 96_000 }),
    job('litellm', 12_034, 12_900, 0, { label: 'api_key_alias', newValues: 310 }),
    job('vllm', 1_966, 1_966, 0, null),
  ],
  churn: { created: 119_550, removed: 0 },
};

function job(name, series, created, refused, growing) {
  return { job: name, series, warnAt: 10_000, budget: 100_000, refused, created, growing };
}
