/** The commands in help's groups, by their first word; a test checks that each command is in one. */
export const commandGroups = {
  RELEASE: ['deploy', 'canary', 'rollback'],
  LOOK: ['status', 'metrics', 'history', 'diff', 'logs', 'doctor', 'list', 'open'],
  OPERATE: [
    'invoke',
    'alarms',
    'concurrency',
    'versions',
    'triggers',
    'cost',
    'cold-starts',
    'iam',
    'destroy',
  ],
  'ON THIS MACHINE': ['init', 'dev', 'package', 'sandbox', 'schema', 'trust', 'completion', 'help', 'add'],
} as const

const pages: Readonly<Record<string, string>> = {
  deploy: 'docs/releases.md',
  canary: 'docs/releases.md',
  rollback: 'docs/releases.md',
  status: 'docs/operating/status.md',
  metrics: 'docs/operating/metrics.md',
  history: 'docs/releases.md',
  diff: 'docs/adopting.md',
  logs: 'docs/logs.md',
  doctor: 'docs/operating/doctor.md',
  alarms: 'docs/operating/alarms.md',
  concurrency: 'docs/operating/concurrency.md',
  versions: 'docs/operating/versions.md',
  triggers: 'docs/operating/triggers.md',
  cost: 'docs/operating/cost.md',
  'cold-starts': 'docs/operating/cold-starts.md',
  iam: 'docs/operating/iam-policy.md',
  add: 'docs/operating/add.md',
  destroy: 'docs/operating/destroy.md',
  list: 'docs/operating/list.md',
  open: 'docs/operating/open.md',
  init: 'docs/configuration.md',
  dev: 'docs/operating/dev.md',
  package: 'docs/packaging.md',
  sandbox: 'docs/sandbox.md',
  schema: 'docs/json.md',
  trust: 'docs/security.md',
  completion: 'docs/completion.md',
}

/** The page of the documentation about a command, by its first word. */
export function pageOf(word: string): string {
  return pages[word] ?? 'README.md'
}
