import type { TimedReleaseEvent } from '../../src/release/event.ts'
import type { PastRelease } from '../../src/release/history.ts'
import type { AlarmState, AliasState } from '../../src/release/observed.ts'
import { type Plan, shiftsToCome } from '../../src/release/plan.ts'
import type { ReleaseRecord } from '../../src/release/record.ts'
import { standing } from '../../src/release/standing.ts'
import { adoptionNotes, adoptionText } from '../../src/ui/adoption-text.ts'
import { concurrencyText } from '../../src/ui/concurrency-text.ts'
import { configurationChangesText } from '../../src/ui/configuration-changes-text.ts'
import { diffText } from '../../src/ui/diff-text.ts'
import { errorText } from '../../src/ui/error-text.ts'
import { fitted } from '../../src/ui/fitted.ts'
import { historyText } from '../../src/ui/history-text.ts'
import { narrator } from '../../src/ui/narrator.ts'
import { packageText } from '../../src/ui/package-text.ts'
import { placeText } from '../../src/ui/place-text.ts'
import { releaseText } from '../../src/ui/release-text.ts'
import { rollbackText } from '../../src/ui/rollback-text.ts'
import { sandboxesText } from '../../src/ui/sandbox-status-text.ts'
import { notApart, sandboxText } from '../../src/ui/sandbox-text.ts'
import { skewText } from '../../src/ui/skew-text.ts'
import { statusText } from '../../src/ui/status-text.ts'
import { tellTimes, withTimes } from '../../src/ui/time.ts'

/** A screen of a command: what it writes on a terminal of that width. */
type Screen = (width: number) => string

const time = Date.parse('2026-11-21T22:30:00.000Z')
const minuteMs = 60_000
const to = 'checkout --env prod'
const commands = {
  approve: `lambdactl canary approve ${to}`,
  deploy: `lambdactl deploy ${to}`,
  resume: `lambdactl canary resume ${to}`,
  rollback: `lambdactl rollback ${to}`,
}
const alarms: AlarmState[] = [
  {
    name: 'shop-checkout-prod-errors-日本語',
    arn: '',
    condition: 'ALARM',
    reason:
      'Threshold Crossed: 1 out of the last 1 datapoints [5.0 (21/11/26 22:30:00)] was greater than or equal to the threshold (2.0) (minimum 1 datapoint for OK -> ALARM transition).',
    since: time,
    metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: {}, statistic: 'Sum', periodMs: minuteMs },
  },
  {
    name: 'slow',
    arn: '',
    condition: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    since: 0,
  },
]
const plan: Plan = {
  id: 'k3f9q2ab',
  strategy: 'canary',
  candidate: '42',
  stable: '41',
  held: ['41'],
  steps: [
    { percent: 10, holdMs: 5 * minuteMs, invocations: 1000 },
    { percent: 50, holdMs: 5 * minuteMs, approval: true },
  ],
  bakeMs: 10 * minuteMs,
  alarms: alarms.map(({ name }) => name),
  breakglass: { reason: 'incident 42: the shop is down', firing: [] },
}
const record: ReleaseRecord = {
  id: 'k3f9q2ab',
  strategy: 'canary',
  phase: 'paused',
  step: 1,
  steps: 2,
  candidate: '42',
  held: ['41'],
  since: time,
  reason: 'not enough data for slow, which nobody has called since the release began.',
}
const alias: AliasState = {
  name: 'live',
  version: '41',
  weight: { version: '42', percent: 10 },
  description: '',
  revisionId: '',
}
const { weight: _, ...unweighted } = alias
const stands = standing(alias, record, commands)
/** The answer of a verb: how the release stands after it. */
function steered(phase: ReleaseRecord['phase'], on = alias): Screen {
  return told(
    `checkout: ${withTimes(standing(on, { ...record, phase, step: phase === 'baking' ? 2 : 1 }, commands).summary)}`,
  )
}

/** What is written as it is, but for its lines. */
function told(...texts: string[]): Screen {
  return (width) => fitted(texts.join('\n'), width)
}

function events(...all: readonly object[]): Screen {
  const lines: string[] = []
  const tell = narrator((line) => lines.push(line), tellTimes())
  all.forEach((event, index) => {
    tell({ function: 'checkout', time: time + index * 40 * minuteMs, ...event } as TimedReleaseEvent)
  })
  return told(...lines)
}

const past: PastRelease = {
  id: 'k3f9q2ab',
  function: 'checkout',
  strategy: 'canary',
  candidate: '42',
  from: '41',
  outcome: 'rolled-back',
  reason: 'alarm shop-checkout-prod-errors is in ALARM (5 errors in 1 min, limit 2)',
  started: time,
  ended: time + 125_000,
  by: 'arn:aws:sts::123456789012:assumed-role/github-actions-release/run-7',
  commit: 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00',
  breakglass: undefined,
  acts: [],
}

const published = { event: 'published', version: '42', description: '' }
const preflight = (outcome: string, title: string, detail: string) => ({
  event: 'checked',
  check: { outcome, title, detail },
})

/** By command, as the manifest names them; those of `asTheyAre` write what others made. */
export const screens: Readonly<Record<string, Screen>> = {
  canary: events(
    {
      event: 'packaged',
      bundled: true,
      files: 3,
      zippedBytes: 51_200,
      digest: 'abcdef0123456789',
      unzippedBytes: 1,
    },
    preflight(
      'warn',
      'alarm slow',
      'it has no data yet: the canary pauses if that is still so when a step ends',
    ),
    published,
    {
      event: 'planned',
      plan,
      alias: 'live',
      shifts: [
        { afterMs: 0, percent: 10, holdMs: minuteMs },
        { afterMs: 2 * 60 * minuteMs, percent: 100, holdMs: 10 * minuteMs },
      ],
    },
    {
      event: 'shifted',
      alias: 'live',
      version: '41',
      weight: { version: '42', percent: 10 },
      step: 1,
      steps: 2,
    },
    {
      event: 'observed',
      verdict: {
        outcome: 'fail',
        reason: 'alarm shop-checkout-prod-errors is in ALARM (5 errors in 1 min, limit 2)',
      },
      alarms: [],
      step: 1,
      steps: 2,
      until: 0,
    },
    { event: 'rolled-back', alias: 'live', version: '41', reason: 'errors', seconds: 1.25 },
  ),
  'canary abort': steered('rolled-back', unweighted),
  'canary approve': steered('approved'),
  'canary pause': steered('paused'),
  'canary promote': steered('baking', { ...unweighted, version: '42' }),
  'canary resume': events(
    { event: 'standing', summary: stands.summary },
    { event: 'done', alias: 'live', version: '42', previous: '41' },
  ),
  'canary status': (width) =>
    fitted(
      releaseText(
        {
          function: 'checkout',
          standing: stands,
          toCome: shiftsToCome(plan, { ...record, phase: 'shifting' }),
          alarms: alarms.map((alarm) => ({ ...alarm, says: 'inconclusive' })),
          plan,
          record: { phase: 'shifting', step: 1 },
        },
        width,
      ),
      width,
    ),
  'canary wait': events({
    event: 'warning',
    text: 'release k3f9q2ab has not moved for 12 min, longer than its plan says: nobody seems to carry it on. To do so: lambdactl canary resume checkout --env prod',
  }),
  'concurrency provision': told('2 of 5 environments of version 42 ready'),
  'concurrency reserve': concurrency(0),
  'concurrency show': concurrency(undefined),
  deploy: events(
    { event: 'left-out', paths: ['.env', 'keys/server.pem', 'config/credentials.json'] },
    { event: 'code-updated' },
    { ...published, existed: true },
    preflight(
      'fail',
      'triggers',
      'the bucket shop-uploads (statement s3-upload) calls $LATEST and not the alias live',
    ),
    { event: 'failed', code: 'PREFLIGHT_FAILED', message: 'Preflight failed.', next: [] },
  ),
  diff: (width) =>
    fitted(
      diffText(
        {
          function: 'checkout',
          lambdaName: 'shop-checkout-prod',
          alias: 'live',
          weight: undefined,
          state: 'served',
          against: '41',
          deploys: true,
          configuration: [{ field: 'memory', from: 512, to: 1024 }],
          code: [
            { path: 'src/größe-日本語.js', change: 'changed', from: 1200, to: 90 },
            {
              path: 'node_modules/@aws-sdk/client-lambda/dist/index.js',
              change: 'added',
              from: undefined,
              to: 5_000_000,
            },
          ],
          unversioned: [],
          drift: {
            since: '41',
            configuration: [{ field: 'timeout', from: 3, to: 30, overwritten: true }],
            code: [],
            keep: { timeout: '30s' },
          },
        } as Parameters<typeof diffText>[0],
        undefined,
        width,
      ),
      width,
    ),
  history: (width) =>
    fitted(
      historyText(
        'checkout',
        [
          past,
          {
            ...past,
            id: 'a1',
            outcome: 'done',
            reason: undefined,
            strategy: 'all-at-once',
            started: time - 60 * minuteMs,
            by: undefined,
            breakglass: 'incident 42',
          },
          { ...past, started: time - 3 * 24 * 60 * minuteMs, ended: undefined, outcome: 'in progress' },
        ],
        width,
      ),
      width,
    ),
  init: told(adoptionText(adoption()), adoptionNotes(adoption(), 'prod', 'shop')),
  'logs tail': told('0 lines since 2026-11-21 22:20:00Z'),
  package: (width) =>
    fitted(
      packageText(
        {
          function: 'checkout',
          digest: `sha256:${'ab'.repeat(32)}`,
          zippedBytes: 1234,
          unzippedBytes: 4_500_000,
          files: 2,
          largest: [
            {
              path: 'node_modules/@aws-sdk/client-lambda/node_modules/inner/dist/index.js',
              bytes: 4_000_000,
            },
            { path: 'index.js', bytes: 900 },
          ],
          leftOut: ['.env'],
          notes: ['left 2 development packages out, which the function does not need when it runs'],
          weights: [
            {
              path: 'node_modules/@aws-sdk/client-lambda/dist',
              bytes: 900_000,
              files: 12,
              because: ['src/index.ts', 'src/greet.ts', 'src/lambda.ts'],
            },
            { path: 'index.js', bytes: 90_000, files: 1 },
          ],
          out: 'checkout.zip',
        },
        width,
      ),
      width,
    ),
  rollback: told(
    rollbackText({
      function: 'checkout',
      alias: 'live',
      version: '41',
      from: { version: '41', weight: { version: '42', percent: 10 } },
      because: undefined,
      undo: `lambdactl rollback ${to} --to 41 --weight 42=10`,
      next: [],
    }),
    configurationChangesText('41', [
      {
        field: 'role',
        from: 'arn:aws:iam::123456789012:role/shop-checkout-new',
        to: 'arn:aws:iam::123456789012:role/shop-checkout',
      },
    ]),
  ),
  'sandbox start': told(
    sandboxText({ url: 'http://127.0.0.1:4511', accessKey: 'sandbox-key', pid: 7 }),
    notApart,
  ),
  'sandbox status': told(
    sandboxesText(
      [
        {
          url: 'http://127.0.0.1:4510',
          pid: 7,
          since: time,
          answers: true,
          functions: [{ region: 'eu-west-1', name: 'shop-checkout-sandbox' }],
        },
      ],
      time + minuteMs,
    ),
  ),
  'sandbox stop': told('No sandbox of yours is running. Start one: lambdactl sandbox start --detach'),
  status: (width) =>
    fitted(
      statusText(
        {
          function: 'checkout',
          lambdaName: 'shop-checkout-prod',
          state: 'ready',
          alias,
          standing: stands,
          versions: [
            {
              version: '42',
              published: '2026-11-21T22:29:00.000+0000',
              percent: 10,
              origin: { digest: '', commit: `${'a'.repeat(40)}+` },
            },
            {
              version: '41',
              published: '2026-11-21T21:00:00.000+0000',
              percent: 90,
              origin: { digest: '', commit: 'b'.repeat(40) },
            },
            { version: '9', published: '2026-11-01T21:00:00.000+0000', percent: 0, origin: undefined },
          ],
          moreVersions: { count: 116, see: `lambdactl status ${to} --all-versions` },
          wayBack: undefined,
          alarms,
          missingAlarms: ['gone'],
        },
        width,
      ),
      width,
    ),
  trust: told('/home/ada/shop/lambdactl.yaml is trusted as it is now', 'prod: https://lambda.example.com'),
}

/** Commands whose result is not lambdactl's to break into lines, or tested elsewhere. */
export const asTheyAre = ['help', 'invoke', 'schema']

/** What every command that reaches AWS may say. */
export const common: Readonly<Record<string, Screen>> = {
  place: told(
    placeText({
      environment: 'prod',
      region: 'eu-west-1',
      account: '123456789012',
      endpoint: 'http://127.0.0.1:4510',
      from: { endpoint: 'AWS_ENDPOINT_URL', credentials: 'AWS_ACCESS_KEY_ID' },
    }),
  ),
  skew: told(`warning: ${skewText(-90_000)}`),
  'an error': told(
    errorText({
      kind: 'user',
      message:
        'Nothing was published and no traffic moved, since preflight failed: alarm gone: CloudWatch knows no alarm of that name in this account and Region.',
      next: [
        'Alias live is still on version 41: put right what failed, then release again.',
        `Make the alarm: aws cloudwatch put-metric-alarm --alarm-name gone --namespace AWS/Lambda --metric-name Errors`,
        `If it can't wait, go past it, on the record: lambdactl canary ${to} --breakglass "why"`,
      ],
    }),
  ),
  'an error of several functions': told(
    errorText({
      kind: 'user',
      message:
        '2 of 3 functions failed.\ncart: The handler index.nothing is not in index.mjs: expected it to define nothing, got handler.\nsearch: Alias live of shop-search-prod is held by release k3f9q2ab (canary, shifting), with 10% on version 2.',
      next: [`See how it stands: lambdactl status search --env prod`],
    }),
  ),
}

function concurrency(reserved: number | undefined): Screen {
  const one = { requested: 5, available: 2, status: 'IN_PROGRESS', reason: undefined }
  const failed = {
    ...one,
    qualifier: 'live',
    status: 'FAILED',
    reason: 'FUNCTION_ERROR_INIT_FAILURE: the function could not be initialised',
  }
  const view = {
    function: 'checkout',
    lambdaName: 'shop-checkout-prod',
    reserved,
    provisioned: [{ ...one, qualifier: '42' }, failed],
    account: { limit: 1000, unreserved: 900 },
  }
  return (width) => fitted(concurrencyText(view, width), width)
}

function adoption() {
  return {
    function: 'checkout',
    lambdaName: 'shop-checkout-prod',
    alias: 'live',
    aliasExists: false,
    version: '41',
    source: 'functions/checkout',
    zipBecause: undefined,
    files: 12,
    kept: ['node_modules/.bin', 'test'],
    secretFiles: [],
    variables: ['TABLE', 'API_TOKEN'],
    secrets: ['API_TOKEN'],
  }
}
