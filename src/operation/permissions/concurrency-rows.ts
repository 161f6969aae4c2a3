import { concurrencyReading, type Row, releasing } from './row.ts'
import type { Verb } from './verbs.ts'

const service = 'application-autoscaling'
const describing = ['DescribeScalableTargets', 'DescribeScalingPolicies', 'DescribeScheduledActions']
const switching: readonly Verb[] = ['concurrency stop', 'concurrency start']

/** Reserved and provisioned concurrency, and what scales it. */
export const concurrencyRows: readonly Row[] = [
  {
    service: 'lambda',
    actions: ['GetFunctionConcurrency', 'ListProvisionedConcurrencyConfigs'],
    on: 'function',
    verbs: [...concurrencyReading, ...switching],
  },
  { service: 'lambda', actions: ['GetAccountSettings'], on: 'all', verbs: concurrencyReading },
  {
    service: 'lambda',
    actions: ['GetAlias'],
    on: 'function',
    verbs: ['concurrency provision', 'concurrency autoscale'],
  },
  {
    service: 'lambda',
    actions: ['PutFunctionConcurrency'],
    on: 'function',
    verbs: ['concurrency reserve', ...switching],
  },
  {
    service: 'lambda',
    actions: ['DeleteFunctionConcurrency'],
    on: 'function',
    verbs: ['concurrency reserve', 'concurrency start'],
  },
  {
    service: 'lambda',
    actions: ['PutProvisionedConcurrencyConfig'],
    on: 'published',
    verbs: ['concurrency provision', 'concurrency autoscale', 'concurrency start'],
  },
  {
    service: 'lambda',
    actions: ['DeleteProvisionedConcurrencyConfig'],
    on: 'published',
    verbs: ['concurrency provision', 'concurrency autoscale', 'concurrency stop'],
  },
  {
    service: 'cloudwatch',
    actions: ['GetMetricData'],
    on: 'all',
    verbs: ['concurrency show', 'concurrency recommend'],
  },
  {
    service: 'lambda',
    actions: ['GetFunction', 'ListTags'],
    on: 'versions',
    verbs: ['concurrency recommend'],
  },
  {
    service,
    actions: describing,
    on: 'all',
    verbs: ['concurrency show', 'concurrency autoscale', 'destroy'],
  },
  // Without them a release does not warn that the alias is scaled.
  { service, actions: describing, on: 'all', verbs: releasing, fields: ['provisionedConcurrency'] },
  {
    service,
    actions: [
      'RegisterScalableTarget',
      'PutScalingPolicy',
      'PutScheduledAction',
      'DeleteScheduledAction',
      'DeregisterScalableTarget',
    ],
    on: 'scalableTargets',
    verbs: ['concurrency autoscale'],
    manages: 'function',
  },
  {
    service: 'iam',
    actions: ['CreateServiceLinkedRole'],
    on: 'scalingRole',
    verbs: ['concurrency autoscale'],
    manages: 'function',
  },
]
