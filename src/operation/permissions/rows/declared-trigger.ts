import type { Field } from '../facts.ts'
import { type Row, releasing } from '../row.ts'
import type { Verb } from '../verbs.ts'

/** The commands that apply triggers: a release, and the one that ends it. */
const applying: readonly Verb[] = [...releasing, 'canary resume', 'canary promote']
const comparing: readonly Verb[] = [...applying, 'diff']
const anyKind: readonly Field[] = ['triggers']

/** The triggers of the file. */
export const declaredTriggerRows: readonly Row[] = [
  { service: 'lambda', actions: ['GetPolicy'], on: 'versions', verbs: comparing, fields: anyKind },
  { service: 'lambda', actions: ['ListEventSourceMappings'], on: 'all', verbs: comparing, fields: anyKind },
  { service: 'lambda', actions: ['ListTags'], on: 'mappings', verbs: comparing, fields: anyKind },
  {
    service: 'lambda',
    actions: ['DeleteEventSourceMapping'],
    on: 'mappings',
    verbs: applying,
    fields: anyKind,
  },
  {
    service: 'lambda',
    actions: ['CreateEventSourceMapping'],
    on: 'newMappings',
    verbs: applying,
    fields: ['triggers.sqs', 'triggers.kinesis', 'triggers.dynamodb'],
  },
  {
    service: 'lambda',
    actions: ['GetEventSourceMapping', 'UpdateEventSourceMapping', 'TagResource'],
    on: 'mappings',
    verbs: applying,
    fields: ['triggers.sqs', 'triggers.kinesis', 'triggers.dynamodb'],
  },
  { service: 'lambda', actions: ['RemovePermission'], on: 'versions', verbs: applying, fields: anyKind },
  {
    service: 'lambda',
    actions: ['AddPermission'],
    on: 'versions',
    verbs: applying,
    fields: ['triggers.permission'],
  },
  {
    service: 'sqs',
    actions: ['GetQueueAttributes'],
    on: 'triggerQueues',
    verbs: comparing,
    fields: ['triggers.sqs'],
  },
]
