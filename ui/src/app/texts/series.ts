/** Words of Series. */
export const series = {
  title: 'Series',
  none: 'No series are held yet',
  noneWhy: 'The first samples make them; Targets says what is asked.',
  some: (series: string) => `${series} series are held`,
  someThere: (series: string) => `The metrics engine holds ${series} series`,
  there: (url: string) => `By the count of \`${url}\`; jobs and budgets are not told there.`,
  allWithin: (series: string) => `${series} series are held, every job within its budget`,
  usedUp: (job: string, budget: string) =>
    `${job} has used up its budget of ${budget} series; new ones are refused`,
  nearly: (job: string, series: string, warnAt: string) =>
    `${job} holds ${series} series, more than ${warnAt}`,
  grows: (label: string, values: string) => `Its label \`${label}\` grew by **${values} values**.`,
  remedy:
    'What is held goes on. Drop the label by a relabel rule of the job, or raise its budget below `limits` in oriel.yaml.',
  pairsThere: (pairs: string) => `They differ in ${pairs} pairs of label and value.`,
  mostIn: (metric: string, series: string) => `Most are of \`${metric}\`, ${series}.`,
  churn: (created: string, removed: string) =>
    `${created} came and ${removed} went within an hour or so.`,
  jobs: 'Jobs',
  jobsUnit: 'series beside their budget',
  noJobs: 'No job has series yet',
  columns: {
    job: 'Job',
    used: 'Used',
    series: 'Series',
    budget: 'Budget',
    created: 'New',
    refused: 'Refused',
    grows: 'Grows by',
  },
  states: { ok: 'within its budget', warn: 'near its budget', crit: 'its budget is used up' },
  growsShort: (label: string, values: string) =>
    `${label}, ${values} ${values === '1' ? 'value' : 'values'}`,
  top: { metrics: 'Metrics', labels: 'Labels', pairs: 'Label values' },
  series: 'series',
  values: 'values',
  filter: 'Filter jobs, metrics and labels',
  nothingMatches: (text: string) => `Nothing here matches “${text}”`,
  nothingHere: 'None yet',
  stale: (when: string, why: string) => `As it was ${when}: ${why}`,
  lookAgain: 'Look again',
  error: 'What fills the store could not be read',
  errorThere: 'The metrics engine does not tell what it holds',
  tryAgain: 'Try again',
} as const;
