import { expect, test } from 'vitest'
import type { AlarmDefinition } from '../../../../src/ports/alarms.ts'
import { withRemedies } from '../../../../src/workflows/preflight/alarms/remedies.ts'
import { plan } from '../../canary.ts'
import { target, world } from '../../world.ts'

const orders: AlarmDefinition = {
  name: 'orders',
  metric: { namespace: 'Shop', name: 'Orders', dimensions: {} },
  statistic: 'Sum',
  periodSeconds: 300,
  evaluationPeriods: 1,
  threshold: 2,
  comparison: 'GreaterThanThreshold',
  missingData: 'missing',
  actions: { areOn: true, ok: [], alarm: [], insufficientData: [] },
}

test.each([
  ['GreaterThanThreshold', 1],
  ['GreaterThanOrEqualToThreshold', 1],
  ['LessThanThreshold', 0],
  ['LessThanOrEqualToThreshold', 0],
])('missing data may be no breach where an alarm is %s only if it fires above', async (comparison, count) => {
  const { run } = world()
  const definition = async () => ({ ...orders, comparison })
  const aws = { ...run.aws, alarms: { ...run.aws.alarms, definition } }
  const check = { title: 'alarm orders', outcome: 'warn', detail: 'it has no data yet' } as const
  const fault = { kind: 'no-data', alarm: 'orders' } as const
  const [told] = await withRemedies({ ...run, aws }, target, plan, [{ ...check, fault }])
  expect(told?.next ?? []).toHaveLength(count)
})

test('alarms that the file wants are made by alarms ensure, and named in short', async () => {
  const { run } = world()
  const ensuring = { ...target, ensuredAlarms: { errors: 'shop-checkout-prod-live-errors', p99: 'slow' } }
  const check = { title: 'alarms', outcome: 'fail', detail: 'none' } as const
  const missing = { kind: 'missing', alarm: 'shop-checkout-prod-live-errors' } as const
  const told = await withRemedies(run, ensuring, plan, [
    { ...check, fault: { kind: 'none' } },
    { ...check, fault: missing },
  ])
  expect(told.map(({ next = [] }) => next.slice(0, 2))).toEqual([
    [
      'Make the alarms of the file: lambdactl alarms ensure checkout --env prod',
      expect.stringContaining('with alarms: [errors, p99] in functions.checkout.release') as string,
    ],
    ['Make the alarm: lambdactl alarms ensure checkout --env prod'],
  ])
})
