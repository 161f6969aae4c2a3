import { describe, expect, test, vi } from 'vitest'
import { type Plan, upcomingShifts } from '../../src/release/plan/plan.ts'
import type { ProvisionedConcurrency } from '../../src/release/plan/provisioned.ts'
import type { ReleaseRecord } from '../../src/release/values/record.ts'
import { releaseText } from '../../src/ui/results/canary-status.ts'
import { concurrencyText } from '../../src/ui/results/concurrency.ts'
import { configurationChangesText } from '../../src/ui/results/diff/configuration-changes.ts'
import { packageText } from '../../src/ui/results/package/package.ts'
import { statusText } from '../../src/ui/results/status.ts'
import { errorText } from '../../src/ui/text/error.ts'
import type { FunctionStatus } from '../../src/workflows/status.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const plan: Plan = {
  id: 'ours',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3'],
  steps: [],
  bakeMs: 0,
  alarms: ['errors'],
}

const published = { description: '', codeSha256: '' }

describe('status', () => {
  const view: FunctionStatus = {
    function: 'checkout',
    lambdaName: 'shop-checkout-prod',
    state: 'ready',
    stopped: undefined,
    record: undefined,
    alias: { name: 'live', version: '3', description: '', revisionId: 'r1' },
    standing: { phase: 'paused', summary: 'It is paused.', next: ['Roll it back.'] },
    versions: [
      {
        ...published,
        version: '4',
        published: '2026-11-21T10:00:00.000+0000',
        percent: 10,
        origin: { digest: '', commit: `${'a'.repeat(40)}+` },
      },
      { ...published, version: '3', published: '', percent: 90, origin: undefined },
      { ...published, version: '2', published: '', percent: 0, origin: undefined },
    ],
    wayBack: { to: '1', gone: ['2'], summary: 'version 2 is gone; the way back goes to version 1' },
    alarms: [{ name: 'errors', arn: '', condition: 'OK', reason: 'fine\u001b[2J\nso far', since: 0 }],
    missingAlarms: ['slow'],
  }

  test('says how it stands and what to do next', () => {
    expect(statusText(view, Infinity)).toMatchInlineSnapshot(`
      "checkout (shop-checkout-prod)
        paused  It is paused.
        → Roll it back.
        version   4  10%  2026-11-21 10:00:00Z  commit aaaaaaaaaaaa+
        version   3  90%
        version   2
        version 2 is gone; the way back goes to version 1
        alarm errors: OK fine so far
        alarm slow: does not exist here"
    `)
  })

  test('of a missing function is short', () => {
    expect(statusText({ ...view, state: 'missing' }, Infinity)).toBe(
      'checkout (shop-checkout-prod)\n  not deployed',
    )
  })

  test('without an alias, while Lambda updates it', () => {
    const none = { alias: undefined, standing: undefined, wayBack: undefined }
    const bare: FunctionStatus = { ...view, ...none, state: 'changing' }
    expect(statusText({ ...bare, versions: [], alarms: [], missingAlarms: [] }, Infinity)).toBe(
      'checkout (shop-checkout-prod)\n  function: changing\n  no alias yet',
    )
  })
})

const record = { id: 'ours', strategy: 'canary', candidate: '4', held: ['3'], steps: 2, since: 0 } as const
const shown = {
  function: 'checkout',
  alias: { name: 'live', version: '3', description: '', revisionId: 'r1' },
  outcome: 'going',
} as const

test('the status of a release shows the plan it goes by, and what each step asks for', () => {
  const steps = [
    { percent: 10, holdMs: 60_000, invocations: 1000 },
    { percent: 50, holdMs: 300_000, approval: true },
  ]
  const hooked: Plan = { ...plan, steps, bakeMs: 60_000, hooks: ['after-shift'], provisioned: { amount: 2 } }
  const shifting: ReleaseRecord = { ...record, phase: 'shifting', step: 1 }
  const text = releaseText(
    {
      ...shown,
      standing: { phase: 'shifting', summary: 'It is shifting.' },
      record: shifting,
      upcoming: upcomingShifts(hooked, shifting),
      plan: hooked,
      alarms: [{ name: 'errors', arn: '', condition: 'OK', reason: 'quiet', since: 0, verdict: 'pass' }],
    },
    Infinity,
  )
  expect(text.split('\n').slice(2)).toEqual([
    '  gated by errors, with hooks at after-shift',
    '  with 2 provisioned environments',
    '  this step: 10%, holds 1 min, has 1000 invocations at least',
    '  1970-01-01 00:01:00Z  50% at the earliest, holds 5 min, awaits approval',
    '             00:06:00Z  100% at the earliest, bakes 1 min',
    '             00:07:00Z  done at the earliest',
    '  alarm errors: OK quiet',
  ])
})

test('the status of a release names an alarm of its plan that is gone', () => {
  const text = releaseText(
    {
      ...shown,
      standing: { phase: 'shifting', summary: 'It is shifting.' },
      upcoming: [],
      record: { ...record, phase: 'paused', step: 1 },
      plan: { ...plan, alarms: ['errors'] },
      alarms: [],
    },
    Infinity,
  )
  expect(text.split('\n').slice(2)).toEqual([
    '  gated by errors',
    '  alarm errors: there is no such alarm any more',
  ])
})

test('the status of a release names what is excused, and what passes without data', () => {
  const alarm = { arn: '', reason: 'late', since: 0 }
  const text = releaseText(
    {
      ...shown,
      standing: { phase: 'shifting', summary: 'It is shifting.' },
      upcoming: [],
      record: { ...record, phase: 'paused', step: 1 },
      plan: { ...plan, breakglass: { reason: 'incident 42', firing: [] } },
      alarms: [
        { ...alarm, name: 'errors', condition: 'ALARM', verdict: 'excused' },
        { ...alarm, name: 'slow', condition: 'INSUFFICIENT_DATA', verdict: 'pass' },
        { ...alarm, name: 'dead', condition: 'INSUFFICIENT_DATA', verdict: 'inconclusive' },
      ],
    },
    Infinity,
  )
  expect(text.split('\n').slice(2)).toEqual([
    '  gated by errors',
    '  breakglass: incident 42',
    '  alarm errors: ALARM             (excused by breakglass: it is so since before the release) late',
    '  alarm slow:   INSUFFICIENT_DATA (passes without data) late',
    '  alarm dead:   INSUFFICIENT_DATA late',
  ])
})

describe('an error', () => {
  test('says what happened and what to do next', () => {
    const error = { kind: 'user', message: 'It broke.', next: ['Mend it.', 'Try again.'] } as const
    expect(errorText(error)).toBe('Error: It broke.\n  → Mend it.\n  → Try again.')
  })

  test('that the person asked for is none', () => {
    expect(errorText({ kind: 'cancelled', message: 'Interrupted.', next: [] })).toBe('Interrupted.')
  })

  test('can not steer the terminal', () => {
    expect(errorText({ kind: 'bug', message: 'a\u001b[2Jb', next: ['c\u0007d'] })).toBe('Error: ab\n  → cd')
  })
})

test('a package says its digest, its sizes and what was left out', () => {
  const text = packageText(
    {
      function: 'checkout',
      digest: 'abc',
      zippedBytes: 1234,
      unzippedBytes: 4_500_000,
      files: 2,
      largest: [
        { path: 'node_modules/big', bytes: 4_000_000 },
        { path: 'index.js', bytes: 900 },
      ],
      leftOut: ['.env'],
      notes: ['left 2 development packages out'],
      out: 'checkout.zip',
    },
    Infinity,
  )
  expect(text).toMatchInlineSnapshot(`
    "checkout
      digest   abc
      size     1.2 kB zipped, 4.5 MB unzipped, 2 files
      largest  4.0 MB  node_modules/big
                900 B  index.js
      left out .env: it looks like a secret
      note     left 2 development packages out
      written  checkout.zip"
  `)
})

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

test('what a version runs with otherwise is one line each, with units and without control characters', () => {
  const role = 'arn:aws:iam::123456789012:role/'
  expect(
    configurationChangesText('3', [
      { field: 'memory', from: 512, to: 128 },
      { field: 'timeout', from: 10, to: 3 },
      { field: 'role', from: `${role}new`, to: `${role}old\u001b[2J\n` },
      { field: 'layers', from: ['one', 'two'], to: [] },
      { field: 'environment', name: 'TABLE', change: 'changed' },
    ]),
  ).toBe(`warning: version 3 differs in more than its code from the version that was left:
  memory 512 MB → 128 MB
  timeout 10 s → 3 s
  role ${role}new → ${role}old 
  layers one, two → none
  environment variable TABLE changed`)
})

test('versions that are not shown are counted, with the command that shows them', () => {
  const version = { ...published, version: '9', published: '', percent: 100, origin: undefined }
  const see = 'lambdactl status checkout --env prod --all-versions'
  const text = statusText(
    {
      function: 'checkout',
      lambdaName: 'shop-checkout-prod',
      state: 'ready',
      stopped: undefined,
      record: undefined,
      alias: undefined,
      standing: undefined,
      versions: [version],
      moreVersions: { count: 116, see },
      wayBack: undefined,
      alarms: [],
      missingAlarms: [],
    },
    Infinity,
  )
  expect(text.split('\n').slice(2)).toEqual(['  version   9  100%', `  +116 older versions: ${see}`])
})
