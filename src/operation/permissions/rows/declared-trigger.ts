import type { Field } from '../facts.ts'
import { type Row, releasing } from '../row.ts'
import type { Verb } from '../verbs.ts'

/** The commands that apply triggers: a release, and the one that ends it. */
const applying: readonly Verb[] = [...releasing, 'canary resume', 'canary promote']
const removing: readonly Verb[] = [...applying, 'destroy']
const comparing: readonly Verb[] = [...applying, 'diff', 'triggers list']
/** The reads of commands that also take triggers away. */
const reading: readonly Verb[] = [...comparing, 'destroy']
const anyKind: readonly Field[] = ['triggers']

/** The triggers of the file. */
export const declaredTriggerRows: readonly Row[] = [
  { service: 'lambda', actions: ['GetPolicy'], on: 'versions', verbs: reading, fields: anyKind },
  { service: 'lambda', actions: ['ListEventSourceMappings'], on: 'all', verbs: reading, fields: anyKind },
  { service: 'lambda', actions: ['ListTags'], on: 'mappings', verbs: reading, fields: anyKind },
  {
    service: 'lambda',
    actions: ['DeleteEventSourceMapping'],
    on: 'mappings',
    verbs: removing,
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
    actions: ['UpdateEventSourceMapping', 'TagResource'],
    on: 'mappings',
    verbs: applying,
    fields: ['triggers.sqs', 'triggers.kinesis', 'triggers.dynamodb'],
  },
  { service: 'lambda', actions: ['RemovePermission'], on: 'versions', verbs: removing, fields: anyKind },
  {
    service: 'lambda',
    actions: ['AddPermission'],
    on: 'versions',
    verbs: applying,
    fields: [
      'triggers.permission',
      'triggers.s3',
      'triggers.sns',
      'triggers.eventbridge',
      'triggers.schedule',
      'triggers.api',
    ],
  },
  {
    service: 'sqs',
    actions: ['GetQueueAttributes'],
    on: 'triggerQueues',
    verbs: comparing,
    fields: ['triggers.sqs'],
  },
  {
    service: 'kinesis',
    actions: ['DescribeStreamSummary'],
    on: 'triggerStreams',
    verbs: comparing,
    fields: ['triggers.kinesis'],
  },
  {
    service: 'dynamodb',
    actions: ['DescribeTable'],
    on: 'triggerTables',
    verbs: comparing,
    fields: ['triggers.dynamodb'],
  },
  {
    service: 's3',
    actions: ['GetBucketNotification'],
    on: 'triggerBuckets',
    verbs: reading,
    fields: ['triggers.s3'],
  },
  {
    service: 's3',
    actions: ['PutBucketNotification'],
    on: 'triggerBuckets',
    verbs: removing,
    fields: ['triggers.s3'],
  },
  {
    service: 'sns',
    actions: ['GetTopicAttributes', 'ListSubscriptionsByTopic', 'GetSubscriptionAttributes'],
    on: 'triggerTopics',
    verbs: reading,
    fields: ['triggers.sns'],
  },
  {
    service: 'sns',
    actions: ['Subscribe', 'SetSubscriptionAttributes'],
    on: 'triggerTopics',
    verbs: applying,
    fields: ['triggers.sns'],
  },
  {
    service: 'sns',
    actions: ['Unsubscribe'],
    on: 'triggerTopics',
    verbs: removing,
    fields: ['triggers.sns'],
  },
  {
    service: 'events',
    actions: ['DescribeEventBus'],
    on: 'triggerBuses',
    verbs: comparing,
    fields: ['triggers.eventbridge'],
  },
  {
    service: 'events',
    actions: ['DescribeRule', 'ListTargetsByRule', 'ListTagsForResource'],
    on: 'triggerRules',
    verbs: reading,
    fields: ['triggers.eventbridge', 'triggers.schedule'],
  },
  {
    service: 'events',
    actions: ['PutRule', 'TagResource', 'PutTargets'],
    on: 'triggerRules',
    verbs: applying,
    fields: ['triggers.eventbridge', 'triggers.schedule'],
  },
  {
    service: 'events',
    actions: ['RemoveTargets', 'DeleteRule'],
    on: 'triggerRules',
    verbs: removing,
    fields: ['triggers.eventbridge', 'triggers.schedule'],
  },
  {
    service: 'apigateway',
    actions: ['GET'],
    on: 'apis',
    verbs: reading,
    fields: ['triggers.api'],
  },
  {
    service: 'apigateway',
    actions: ['POST', 'PATCH'],
    on: 'apis',
    verbs: applying,
    fields: ['triggers.api'],
  },
  {
    service: 'apigateway',
    actions: ['DELETE'],
    on: 'apis',
    verbs: removing,
    fields: ['triggers.api'],
  },
  {
    service: 'states',
    actions: ['DescribeStateMachine', 'ListTagsForResource'],
    on: 'triggerStateMachines',
    verbs: reading,
    fields: ['triggers.stepFunctions'],
  },
  {
    service: 'states',
    actions: ['CreateStateMachine', 'UpdateStateMachine', 'TagResource'],
    on: 'triggerStateMachines',
    verbs: applying,
    fields: ['triggers.stepFunctions'],
  },
  {
    service: 'iam',
    actions: ['PassRole'],
    on: 'stateMachineRole',
    verbs: applying,
    fields: ['triggers.stepFunctions'],
  },
]
