import { describe, expect, test } from 'vitest'
import type { ProvisionedConcurrency } from '../../src/ports/concurrency.ts'
import { provisionConcurrency, reserveConcurrency, showConcurrency } from '../../src/workflows/concurrency.ts'
import { canaryWorld } from './canary.ts'
import { failureOf, start, target, type World, world } from './world.ts'

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
  const work = provisionConcurrency(made.run, target, { version, amount }, ({ status, available }) =>
    seen.push(`${status} ${available}`),
  )
  return { work, seen }
}

test("a function's concurrency is shown with the account's", async () => {
  const made = world()
  expect(await showConcurrency(made.run, target)).toEqual({
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
  expect(await reserveConcurrency(made.run, target, amount)).toMatchObject({ reserved })
  expect(made.changes()).toEqual([call])
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

  test('needs an alias or a version', async () => {
    const made = world()
    expect(await failureOf(provision(made, 5).work)).toMatchObject({
      code: 'NOT_FOUND',
      message: 'shop-checkout-prod has no alias live, so there is no version to provision.',
    })
    expect(made.changes()).toEqual([])
  })
})
