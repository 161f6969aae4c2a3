import { describe, expect, test, vi } from 'vitest'
import type { ProvisionedConcurrency } from '../../../../src/release/plan/provisioned.ts'
import { concurrencyText } from '../../../../src/ui/results/concurrency/status.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

describe('concurrency', () => {
  const view = {
    function: 'checkout',
    lambdaName: 'shop-checkout-prod',
    reserved: undefined,
    provisioned: [],
    account: { limit: 1000, unreserved: 900 },
  }

  test('of a function that shares', () => {
    expect(concurrencyText(view, Infinity)).toMatchInlineSnapshot(`
      "checkout (shop-checkout-prod)
        reserved     none: it shares the account's unreserved concurrency
        provisioned  none
        account      1000 concurrent executions, 900 of them unreserved"
    `)
  })

  test('that is stopped, with provisioned environments', () => {
    const one = {
      qualifier: '4',
      requested: 5,
      available: 2,
      status: 'IN_PROGRESS',
      reason: undefined,
    } as const
    const other: ProvisionedConcurrency = {
      ...one,
      qualifier: 'live',
      available: 0,
      status: 'FAILED',
      reason: 'INIT\u001b[2J\nFAILURE',
    }
    expect(
      concurrencyText({ ...view, reserved: 0, provisioned: [one, other] }, Infinity),
    ).toMatchInlineSnapshot(`
      "checkout (shop-checkout-prod)
        reserved     0 (every invocation is throttled)
        provisioned  2 of 5 ready on version 4, IN_PROGRESS
        provisioned  0 of 5 ready on alias live, FAILED (INIT FAILURE)
        account      1000 concurrent executions, 900 of them unreserved"
    `)
  })
})
