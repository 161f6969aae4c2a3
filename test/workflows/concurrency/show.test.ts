import { expect, test } from 'vitest'
import { overviewText } from '../../../src/ui/results/concurrency/overview.ts'
import { showConcurrency } from '../../../src/workflows/concurrency/show.ts'
import { stopFunction } from '../../../src/workflows/concurrency/stop.ts'
import { awsError, failing } from '../calls.ts'
import { canaryWorld } from '../canary.ts'
import { failureOf, start, target, type World } from '../world.ts'

const hour = 3_600_000
const show = (made: World) => showConcurrency(made.run, [target], { sinceMs: hour, burst: 3000 })

/** A world whose CloudWatch has one value for some metrics. */
function measured(values: Record<string, number>): World {
  const made = canaryWorld()
  made.series = ({ metric }) => {
    const value = values[metric]
    return value === undefined ? [] : [{ time: start, value }]
  }
  return made
}

test('a function is shown with what is given and what was used', async () => {
  const made = measured({ ConcurrentExecutions: 42, Throttles: 3, ProvisionedConcurrencyUtilization: 0.8 })
  made.concurrency.reserved = 50
  made.provisioned.give('3', 5)
  expect(await show(made)).toMatchObject({
    account: { limit: 1000, unreserved: 900, peak: 42, reservedElsewhere: 50 },
    from: start - hour,
    functions: [
      {
        function: 'checkout',
        exists: true,
        reserved: 50,
        peak: 42,
        throttles: 3,
        takes: 50,
        ceiling: 50,
        provisioned: [{ qualifier: '3', utilization: 0.8, spillover: null }],
        burst: { to: 3000, warm: 5, ms: 0, ceiling: 50 },
      },
    ],
    unread: [],
  })
  expect(made.changes()).toEqual([])
})

test('a function without traffic has null figures, and one that shares takes nothing', async () => {
  const made = measured({})
  expect(await show(made)).toMatchObject({
    functions: [{ reserved: null, peak: null, throttles: null, takes: 0, ceiling: 900 }],
  })
})

test('a stopped function has who stopped it', async () => {
  const made = measured({})
  await stopFunction(made.run, target, { reason: 'it loops', dryRun: false })
  expect(await show(made)).toMatchObject({ functions: [{ reserved: 0, stop: { reason: 'it loops' } }] })
})

test.each(['NOT_PERMITTED', 'AWS_UNAVAILABLE'] as const)(
  'figures and scaling that can not be read (%s) are named, and the rest is shown',
  async (code) => {
    const made = measured({})
    made.calls.faults.push(({ name }) =>
      ['scaling.scaled', 'metrics.series'].includes(name)
        ? { error: awsError(code, `may not ${name}`) }
        : undefined,
    )
    expect(await show(made)).toMatchObject({
      functions: [{ exists: true, peak: null, scaled: [] }],
      unread: ['the scaling: may not scaling.scaled', 'the figures: may not metrics.series'],
    })
  },
)

test('fifty functions take two calls each, and three for all', async () => {
  const made = measured({})
  const targets = Array.from({ length: 50 }, () => target)
  const { functions } = await showConcurrency(made.run, targets, { sinceMs: hour, burst: undefined })
  expect(functions).toHaveLength(50)
  expect(made.calls.made).toHaveLength(2 * 50 + 3)
})

test('a function that can not be read does not hide the others, and none at all is an error', async () => {
  const made = measured({})
  const stock = { ...target, function: 'stock', lambdaName: 'shop-stock-prod' }
  const both = () => showConcurrency(made.run, [target, stock], { sinceMs: hour, burst: undefined })
  made.calls.faults.push(failing('concurrency.reserved', 2, { error: awsError('NOT_PERMITTED', 'No.') }))
  expect(await both()).toMatchObject({
    functions: [{ function: 'checkout', exists: true }],
    unread: ['the function stock: No.'],
    errors: [{ function: 'stock', code: 'NOT_PERMITTED', message: 'No.' }],
  })
  made.calls.faults.push(({ name }) =>
    name === 'concurrency.provisioned' ? { error: awsError('NOT_AUTHENTICATED') } : undefined,
  )
  expect(await failureOf(both())).toMatchObject({ code: 'NOT_AUTHENTICATED' })
})

test.each(['scaling.scaled', 'metrics.series', 'concurrency.reserved', 'journal.read'])(
  'a failure of %s by an internal error is not taken for missing data',
  async (call) => {
    const made = measured({})
    made.concurrency.reserved = 0
    made.calls.faults.push(({ name }) => (name === call ? { error: awsError('BUG') } : undefined))
    expect(await failureOf(show(made))).toMatchObject({ code: 'BUG' })
  },
)

test('a function whose stop can not be read is not said to be stopped by hand', async () => {
  const made = measured({})
  made.concurrency.reserved = 0
  made.calls.faults.push(({ name }) =>
    name === 'journal.read' ? { error: awsError('NOT_PERMITTED') } : undefined,
  )
  const overview = await show(made)
  expect(overview).toMatchObject({ functions: [{ reserved: 0, stopUnread: true }] })
  const text = overviewText(overview, Infinity, (name, verb) => `lambdactl ${verb} ${name}`)
  expect(text).toContain("the record of who did it can't be read: lambdactl concurrency start checkout")
  expect(text).not.toContain('by hand')
})

test('a function that is not there is shown as such', async () => {
  const made = measured({})
  made.calls.faults.push(({ name }) =>
    name === 'concurrency.reserved' ? { error: awsError('NOT_FOUND') } : undefined,
  )
  expect(await show(made)).toMatchObject({ functions: [{ exists: false, provisioned: [] }] })
})
