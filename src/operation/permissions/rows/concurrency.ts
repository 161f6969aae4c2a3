import { type Row, releasing } from '../row.ts'
import type { Verb } from '../verbs.ts'

const service = 'application-autoscaling'
const describing = ['DescribeScalableTargets', 'DescribeScalingPolicies', 'DescribeScheduledActions']
const switching: readonly Verb[] = ['concurrency stop', 'concurrency start']
const setting: readonly Verb[] = ['concurrency reserve', 'concurrency provision', 'concurrency autoscale']
const readOne = ['GetFunctionConcurrency', 'ListProvisionedConcurrencyConfigs']

/**
 * Another tool's function keeps the concurrency that this tool gave it, so the commands that would set it end with that
 * tool's name. Its versions get environments from lambdactl only if the file has some for it.
 */
const ours = { manages: 'function' } as const
const provisionsTheirs = { manages: 'code', fields: ['provisionedConcurrency'] } as const

/** Reserved and provisioned concurrency, and what scales it. */
export const concurrencyRows: readonly Row[] = [
  {
    service: 'lambda',
    actions: ['GetFunction', 'ListTags'],
    on: 'versions',
    verbs: setting,
    manages: 'code',
  },
  { service: 'lambda', actions: readOne, on: 'function', verbs: ['concurrency show', ...switching] },
  { service: 'lambda', actions: ['GetAccountSettings'], on: 'all', verbs: ['concurrency show'] },
  { service: 'lambda', actions: readOne, on: 'function', verbs: setting, ...ours },
  { service: 'lambda', actions: ['GetAccountSettings'], on: 'all', verbs: setting, ...ours },
  {
    service: 'lambda',
    actions: ['PutFunctionConcurrency', 'DeleteFunctionConcurrency'],
    on: 'function',
    verbs: ['concurrency reserve'],
    ...ours,
  },
  {
    service: 'lambda',
    actions: ['GetAlias'],
    on: 'function',
    verbs: ['concurrency provision', 'concurrency autoscale'],
    ...ours,
  },
  {
    service: 'lambda',
    actions: ['PutProvisionedConcurrencyConfig', 'DeleteProvisionedConcurrencyConfig'],
    on: 'published',
    verbs: ['concurrency provision', 'concurrency autoscale'],
    ...ours,
  },
  {
    service: 'lambda',
    actions: [...readOne, 'GetAlias'],
    on: 'function',
    verbs: ['concurrency provision'],
    ...provisionsTheirs,
  },
  {
    service: 'lambda',
    actions: ['GetAccountSettings'],
    on: 'all',
    verbs: ['concurrency provision'],
    ...provisionsTheirs,
  },
  {
    service: 'lambda',
    actions: ['PutProvisionedConcurrencyConfig', 'DeleteProvisionedConcurrencyConfig'],
    on: 'published',
    verbs: ['concurrency provision'],
    ...provisionsTheirs,
  },
  { service: 'lambda', actions: ['PutFunctionConcurrency'], on: 'function', verbs: switching },
  {
    service: 'lambda',
    actions: ['DeleteFunctionConcurrency'],
    on: 'function',
    verbs: ['concurrency start'],
  },
  {
    service: 'lambda',
    actions: ['PutProvisionedConcurrencyConfig'],
    on: 'published',
    verbs: ['concurrency start'],
  },
  {
    service: 'lambda',
    actions: ['DeleteProvisionedConcurrencyConfig'],
    on: 'published',
    verbs: ['concurrency stop'],
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
    verbs: ['concurrency show', 'destroy'],
  },
  { service, actions: describing, on: 'all', verbs: ['concurrency autoscale'], ...ours },
  // Without them a release does not warn that the alias is scaled.
  { service, actions: describing, on: 'all', verbs: releasing, fields: ['provisionedConcurrency'] },
  {
    service,
    actions: ['RegisterScalableTarget', 'PutScalingPolicy', 'PutScheduledAction', 'DeleteScheduledAction'],
    on: 'scalableTargets',
    verbs: ['concurrency autoscale'],
    ...ours,
  },
  {
    service,
    actions: ['DeregisterScalableTarget'],
    on: 'scalableTargets',
    verbs: ['concurrency autoscale', 'destroy'],
    manages: 'function',
  },
  {
    service: 'iam',
    actions: ['CreateServiceLinkedRole'],
    on: 'scalingRole',
    verbs: ['concurrency autoscale'],
    ...ours,
  },
]
