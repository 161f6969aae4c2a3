import { describe, expect, test } from 'vitest'
import type { ProvisionedConcurrency } from '../../../src/ports/concurrency.ts'
import { provisionConcurrency } from '../../../src/workflows/concurrency/provision.ts'
import { reserveConcurrency } from '../../../src/workflows/concurrency/reserve.ts'
import { readConcurrency } from '../../../src/workflows/concurrency/status.ts'
import { stopFunction } from '../../../src/workflows/concurrency/stop.ts'
import { awsError, before, failing } from '../calls.ts'
import { canaryWorld } from '../canary.ts'
import { failureOf, start, target, type World, world } from '../world.ts'

function config(status: ProvisionedConcurrency['status'], available = 0): ProvisionedConcurrency {
  return { qualifier: '3', requested: 5, available, status, reason: undefined }
}

/** Provisioned concurrency that is ready, or failed, after 30 seconds. */
function allocating(made: World, outcome: ProvisionedConcurrency): void {
  made.concurrency.provisioned = () =>
    made.clock.now() < start + 30_000 ? [config('IN_PROGRESS', 2)] : [config('READY', 5), outcome].slice(-1)
}

function provision(made: World, amount: number | 'none', version?: string) {
  const seen: string[] = []
  const work = provisionConcurrency(
    made.run,
    target,
    { version, amount, dryRun: false },
    ({ status, available }) => {
      seen.push(`${status} ${available}`)
    },
  )
  return { work, seen }
}

test("a function's concurrency is shown with the account's", async () => {
  const made = world()
  expect(await readConcurrency(made.run, target)).toEqual({
    function: 'checkout',
    lambdaName: 'shop-checkout-prod',
    reserved: undefined,
    provisioned: [],
    account: { limit: 1000, unreserved: 900 },
  })
  expect(made.changes()).toEqual([])
})

test.each([
  [10, 10, 'concurrency.reserve'],
  [0, 0, 'concurrency.reserve'],
  ['none', undefined, 'concurrency.unreserve'],
] as const)('reserving %s leaves %s', async (amount, reserved, call) => {
  const made = world()
  made.concurrency.reserved = 3
  expect(await reserveConcurrency(made.run, target, { amount, dryRun: false })).toMatchObject({
    reserved,
    change: { what: 'reserved', from: 3, to: reserved ?? null },
    undo: 'lambdactl concurrency reserve checkout --env prod 3',
  })
  expect(made.changes()).toEqual([call])
})

test('a dry run says what would change, and changes nothing', async () => {
  const made = world()
  const options = { amount: 20, dryRun: true }
  expect(await reserveConcurrency(made.run, target, options)).toMatchObject({
    reserved: undefined,
    change: { from: null, to: 20 },
    undo: 'lambdactl concurrency reserve checkout --env prod none',
    dryRun: true,
  })
  made.provisioned.give('3', 5)
  const wanted = { version: '3', amount: 8, dryRun: true }
  expect(await provisionConcurrency(made.run, target, wanted, () => undefined)).toMatchObject({
    change: { what: 'provisioned', qualifier: '3', from: 5, to: 8 },
    undo: 'lambdactl concurrency provision checkout --env prod 5 --version 3',
  })
  expect(made.changes()).toEqual([])
})

test('a reservation beyond the limits is refused before AWS is asked, with the most that is possible', async () => {
  const made = world()
  const refused = await failureOf(reserveConcurrency(made.run, target, { amount: 850, dryRun: false }))
  expect(refused).toMatchObject({ code: 'USAGE' })
  expect(refused).toMatchObject({
    message:
      "850 can't be reserved for shop-checkout-prod: of the account's 1000 concurrent executions 50 would stay unreserved, and AWS keeps at least 100 for functions without a reservation.",
    next: [
      'The most that is possible: lambdactl concurrency reserve checkout --env prod 800',
      'To see what other functions have reserved: lambdactl concurrency show --env prod',
      'To have more, ask AWS for a higher quota "Concurrent executions" (L-B99A9384) of Lambda in Service Quotas.',
    ],
  })
  expect(made.changes()).toEqual([])
})

test('of a stopped function a reservation tells of the stop, and environments are refused with it', async () => {
  const made = canaryWorld()
  await stopFunction(made.run, target, { reason: 'it loops', dryRun: false })
  const refused = await failureOf(provision(made, 2).work)
  expect(refused.message).toMatch(/it is stopped by \S+ at \S+ \S+: it loops \(the last stop on record; /)
  expect(refused).toHaveProperty('next', [
    expect.stringContaining('lambdactl concurrency start checkout --env prod'),
  ])
  await reserveConcurrency(made.run, target, { amount: 10, dryRun: false })
  const warned = made.events.flatMap((event) => (event.event === 'warning' ? [event.text] : []))
  expect(warned).toEqual([
    expect.stringMatching(/it loops .*lets it run again, .*concurrency start checkout/),
  ])
})

test("AWS's own refusal is explained by the minimum in its brackets", async () => {
  const made = world()
  const text =
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [40]."
  made.calls.faults.push(failing('concurrency.reserve', 1, { error: awsError('AWS_REFUSED', text) }))
  expect(await failureOf(reserveConcurrency(made.run, target, { amount: 20, dryRun: false }))).toMatchObject({
    code: 'AWS_REFUSED',
    message: text,
    next: [
      'AWS keeps 40 concurrent executions of the account for functions without a reservation. See what others have reserved: lambdactl concurrency show --env prod',
      expect.stringContaining('L-B99A9384') as string,
    ],
  })
})

test('a second actor who changes the reservation meanwhile is named', async () => {
  const made = world()
  made.calls.faults.push(before('concurrency.reserved', 2, () => (made.concurrency.reserved = 7)))
  await reserveConcurrency(made.run, target, { amount: 20, dryRun: false })
  expect(made.events).toMatchObject([
    {
      event: 'warning',
      text: 'something else changed the reservation of shop-checkout-prod meanwhile: now 7 is reserved',
    },
  ])
})

describe('provisioning', () => {
  test("waits for the alias's version until it is READY, and tells how far it is", async () => {
    const made = canaryWorld()
    allocating(made, config('READY', 5))
    const { work, seen } = provision(made, 5)
    expect(await work).toMatchObject({ provisioned: [{ qualifier: '3', status: 'READY' }] })
    expect(new Set(seen)).toEqual(new Set(['IN_PROGRESS 2', 'READY 5']))
    expect(seen.at(-1)).toBe('READY 5')
    expect(made.clock.now()).toBeGreaterThanOrEqual(start + 30_000)
  })

  test("ends with AWS's reason when initialisation fails", async () => {
    const made = canaryWorld()
    allocating(made, { ...config('FAILED'), reason: 'FUNCTION_ERROR_INIT_FAILURE' })
    expect(await failureOf(provision(made, 5).work)).toMatchObject({
      code: 'UPDATE_FAILED',
      message:
        'Lambda could not provision concurrency for shop-checkout-prod:3: FUNCTION_ERROR_INIT_FAILURE.',
    })
  })

  test('is a conflict when somebody removes it meanwhile', async () => {
    const made = canaryWorld()
    made.concurrency.provisioned = () => []
    expect(await failureOf(provision(made, 5).work)).toMatchObject({ code: 'CONFLICT' })
  })

  test('gives up after a quarter of an hour', async () => {
    const made = canaryWorld()
    made.concurrency.provisioned = () => [config('IN_PROGRESS')]
    expect(await failureOf(provision(made, 5).work)).toMatchObject({
      code: 'UPDATE_FAILED',
      message:
        'lambdactl waited 15 min for the provisioned concurrency of shop-checkout-prod:3, and it is not finished.',
    })
  })

  test('of none removes it', async () => {
    const made = world()
    await provision(made, 'none', '7').work
    expect(made.changes()).toEqual(['concurrency.unprovision'])
  })

  test('changes the environments of the alias itself, if it has some', async () => {
    const made = canaryWorld()
    made.provisioned.warmMs = 0
    made.provisioned.give('live', 5)
    const resource = { lambdaName: target.lambdaName, qualifier: 'live' }
    await made.run.aws.scaling.register(resource, { min: 2, max: 9 })
    expect(await provision(made, 7).work).toMatchObject({
      change: { qualifier: 'live', from: 5, to: 7 },
      undo: 'lambdactl concurrency provision checkout --env prod 5',
    })
    expect(await provision(made, 'none').work).toMatchObject({
      provisioned: [],
      undo: 'aws lambda put-provisioned-concurrency-config --function-name shop-checkout-prod --qualifier live --provisioned-concurrent-executions 7',
    })
    expect(made.events).toContainEqual(
      expect.objectContaining({
        text: 'Application Auto Scaling keeps 2 to 9 environments on live, whatever is set here. To end that first: lambdactl concurrency autoscale checkout --env prod none',
      }),
    )
  })

  test('needs an alias or a version', async () => {
    const made = world()
    expect(await failureOf(provision(made, 5).work)).toMatchObject({
      code: 'NOT_FOUND',
      message: 'shop-checkout-prod has no alias live, so there is no version to provision.',
    })
    expect(made.changes()).toEqual([])
  })
})

test("the alias's own environments are another tool's, also if the file gives versions some", async () => {
  const made = canaryWorld()
  made.provisioned.give('live', 3)
  const theirs = { ...target, codeOnly: { provisions: true } }
  const wanted = { version: undefined, amount: 5, dryRun: false }
  expect(await failureOf(provisionConcurrency(made.run, theirs, wanted, () => undefined))).toMatchObject({
    code: 'USAGE',
    message:
      'The provisioned concurrency of alias live of shop-checkout-prod belongs to the tool that makes it, since checkout has manages: code.',
  })
  expect(made.changes()).toEqual([])
})
