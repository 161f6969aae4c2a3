import { journalReading, journalWriting, logReading, type Row, releasing } from '../row.ts'

const writing = {
  service: 'logs',
  actions: ['PutLogEvents', 'CreateLogGroup', 'CreateLogStream'],
  on: 'journal',
} as const

/** The journal, and the lines of functions. */
export const logRows: readonly Row[] = [
  {
    service: 'logs',
    actions: ['FilterLogEvents'],
    on: 'journal',
    verbs: journalReading,
  },
  {
    service: 'logs',
    actions: ['PutLogEvents'],
    on: 'journal',
    verbs: [...journalWriting, 'concurrency stop', 'concurrency start'],
  },
  // A log group that somebody deleted is made again.
  {
    service: 'logs',
    actions: ['CreateLogGroup', 'CreateLogStream'],
    on: 'journal',
    verbs: [...releasing, 'canary pause', 'canary approve', 'canary abort', 'rollback', 'concurrency stop'],
  },
  // Without them an operation warns, and history does not show it.
  { ...writing, verbs: ['alarms ensure', 'versions prune'] },
  {
    ...writing,
    verbs: [
      'concurrency reserve',
      'concurrency provision',
      'concurrency autoscale',
      'triggers point',
      'destroy',
    ],
    manages: 'function',
  },
  { ...writing, verbs: ['concurrency provision'], manages: 'code', fields: ['provisionedConcurrency'] },
  {
    service: 'logs',
    actions: ['FilterLogEvents'],
    on: 'logGroup',
    verbs: [...releasing, ...logReading, 'doctor'],
  },
  { service: 'logs', actions: ['StartLiveTail'], on: 'tailedGroup', verbs: ['logs'] },
  { service: 'logs', actions: ['DescribeLogGroups'], on: 'logGroups', verbs: ['logs', 'doctor', 'destroy'] },
  { service: 'logs', actions: ['DeleteLogGroup'], on: 'logGroup', verbs: ['destroy'], manages: 'function' },
  { service: 'logs', actions: ['StartQuery'], on: 'logGroup', verbs: ['logs query', 'metrics'] },
  { service: 'logs', actions: ['GetQueryResults', 'StopQuery'], on: 'all', verbs: ['logs query', 'metrics'] },
]
