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
    actions: ['UpdateEventSourceMapping', 'TagResource'],
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
    verbs: comparing,
    fields: ['triggers.s3'],
  },
  {
    service: 's3',
    actions: ['PutBucketNotification'],
    on: 'triggerBuckets',
    verbs: applying,
    fields: ['triggers.s3'],
  },
  {
    service: 'sns',
    actions: ['GetTopicAttributes', 'ListSubscriptionsByTopic', 'GetSubscriptionAttributes'],
    on: 'triggerTopics',
    verbs: comparing,
    fields: ['triggers.sns'],
  },
  {
    service: 'sns',
    actions: ['Subscribe', 'SetSubscriptionAttributes', 'Unsubscribe'],
    on: 'triggerTopics',
    verbs: applying,
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
    verbs: comparing,
    fields: ['triggers.eventbridge', 'triggers.schedule'],
  },
  {
    service: 'events',
    actions: ['PutRule', 'TagResource', 'PutTargets', 'RemoveTargets', 'DeleteRule'],
    on: 'triggerRules',
    verbs: applying,
    fields: ['triggers.eventbridge', 'triggers.schedule'],
  },
  {
    service: 'apigateway',
    actions: ['GET'],
    on: 'apis',
    verbs: comparing,
    fields: ['triggers.api'],
  },
  {
    service: 'apigateway',
    actions: ['POST', 'PATCH', 'DELETE'],
    on: 'apis',
    verbs: applying,
    fields: ['triggers.api'],
  },
  {
    service: 'states',
    actions: ['DescribeStateMachine', 'ListTagsForResource'],
    on: 'triggerStateMachines',
    verbs: comparing,
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
