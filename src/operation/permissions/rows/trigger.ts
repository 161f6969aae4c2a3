import type { Row } from '../row.ts'
import type { Verb } from '../verbs.ts'

const stopping: readonly Verb[] = ['triggers pause', 'triggers resume']
const reading: readonly Verb[] = ['triggers list', 'triggers point']
const changing: readonly Verb[] = ['triggers point', ...stopping]

/** Everything that invokes a function. */
export const triggerRows: readonly Row[] = [
  {
    service: 'lambda',
    actions: ['GetFunction', 'ListTags'],
    on: 'versions',
    verbs: ['triggers list', ...changing],
  },
  {
    service: 'lambda',
    actions: ['ListEventSourceMappings'],
    on: 'all',
    verbs: ['triggers list', ...changing, 'status'],
  },
  { service: 'lambda', actions: ['GetPolicy'], on: 'versions', verbs: reading },
  {
    service: 'lambda',
    actions: ['ListAliases', 'ListVersionsByFunction', 'ListFunctionUrlConfigs'],
    on: 'function',
    verbs: reading,
  },
  { service: 'cloudwatch', actions: ['GetMetricData'], on: 'all', verbs: ['triggers list'] },
  // Without it the depth of a queue is CloudWatch's, of some minutes ago.
  { service: 'sqs', actions: ['GetQueueAttributes'], on: 'queues', verbs: ['triggers list', 'doctor'] },
  {
    service: 'lambda',
    actions: ['GetEventSourceMapping', 'UpdateEventSourceMapping'],
    on: 'mappings',
    verbs: stopping,
  },
  // The triggers of another tool's function are that tool's to point.
  {
    service: 'lambda',
    actions: ['GetEventSourceMapping', 'UpdateEventSourceMapping'],
    on: 'mappings',
    verbs: ['triggers point'],
    manages: 'function',
  },
  {
    service: 'lambda',
    actions: ['AddPermission'],
    on: 'versions',
    verbs: ['triggers point'],
    manages: 'function',
  },
  { service: 'logs', actions: ['PutLogEvents'], on: 'journal', verbs: stopping },
  // A pause that is resumed has its stream already.
  {
    service: 'logs',
    actions: ['CreateLogGroup', 'CreateLogStream'],
    on: 'journal',
    verbs: ['triggers pause'],
  },
]
