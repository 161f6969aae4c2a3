import { describe, expect, test, vi } from 'vitest'
import type { Trouble } from '../../../../src/operation/incident/trouble.ts'
import { overviewText } from '../../../../src/ui/results/status/overview.ts'
import { statusText } from '../../../../src/ui/results/status/status.ts'
import type { FunctionStatus } from '../../../../src/workflows/incident/status.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

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
    wayBack: { to: '1', gone: ['2'], summary: 'version 2 is gone; a rollback goes to version 1' },
    alarms: [{ name: 'errors', arn: '', condition: 'OK', reason: 'fine\u001b[2J\nso far', since: 0 }],
    missingAlarms: ['slow'],
    troubles: [],
  }

  test('says how it stands and what to do next', () => {
    expect(statusText(view, Infinity)).toMatchInlineSnapshot(`
      "checkout (shop-checkout-prod)
        paused  It is paused.
        → Roll it back.
        version   4  10%  2026-11-21 10:00:00Z  commit aaaaaaaaaaaa+
        version   3  90%
        version   2
        version 2 is gone; a rollback goes to version 1
        alarm errors: OK fine so far
        alarm slow: does not exist here"
    `)
  })

  test('counts calls of a version that lost its share as calls by the alias', () => {
    const recent = {
      from: 0,
      until: 60_000,
      all: { invocations: 29, minutes: [] },
      byAlias: 27,
      versions: [],
    }
    expect(statusText({ ...view, recent }, Infinity)).toContain('past the alias: 2 more invocations')
    expect(statusText({ ...view, recent: { ...recent, byAlias: 29 } }, Infinity)).not.toContain(
      'past the alias',
    )
  })

  test('with unreadable alarms says so', () => {
    const trouble = {
      kind: 'alarms-unknown',
      severity: 'warning',
      summary: 'the alarms could not be read: It fails',
      next: [],
    } satisfies Trouble
    const unread = {
      ...view,
      alarms: [],
      missingAlarms: [],
      alarmsUnknown: 'It fails.',
      troubles: [trouble],
    }
    expect(statusText(unread, Infinity)).toContain('alarms: unknown, It fails.')
    expect(overviewText([unread, unread], 100).split('\n').slice(1)).toEqual([
      expect.stringMatching(/^ {2}alarms unknown +checkout/),
      expect.stringMatching(/^ {2}alarms unknown +checkout/),
      '  alarms unknown: It fails.',
      '  2 functions: 2 with trouble',
    ])
  })

  test('of a missing function is short', () => {
    const troubles: FunctionStatus['troubles'] = [
      { kind: 'missing', severity: 'warning', summary: '', next: ['lambdactl deploy checkout --env prod'] },
    ]
    expect(statusText({ ...view, state: 'missing', troubles }, Infinity)).toBe(
      'checkout (shop-checkout-prod)\n  not deployed\n  → lambdactl deploy checkout --env prod',
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
      troubles: [],
    },
    Infinity,
  )
  expect(text.split('\n').slice(2)).toEqual(['  version   9  100%', `  +116 older versions: ${see}`])
})
