import { configurationChangesText } from '../../../src/ui/results/diff/configuration-changes.ts'
import { rollbackText } from '../../../src/ui/results/rollback.ts'
import {
  events,
  minuteMs,
  plan,
  preflight,
  published,
  record,
  type Screen,
  stands,
  steered,
  time,
  to,
  told,
  unweighted,
} from './facts.ts'

/** Of the commands that release. */
export const releaseScreens: Readonly<Record<string, Screen>> = {
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
      'it has no data yet: the canary pauses if it still has none when a step ends',
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
  'canary wait': events({
    event: 'warning',
    text: 'release k3f9q2ab has not moved for 12 min, longer than its plan says: no process seems to carry it on. To carry it on: lambdactl canary resume checkout --env prod',
  }),
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
  rollback: told(
    rollbackText({
      function: 'checkout',
      alias: 'live',
      outcome: 'planned',
      changes: [{ field: 'memory', from: 512, to: 128 }],
      version: '41',
      from: { version: '41', weight: { version: '42', percent: 10 } },
      because: undefined,
      undo: `lambdactl rollback ${to} --to 41 --weight 42=10`,
      next: [`To do it: lambdactl rollback ${to}`],
      plan: {
        why: 'it is the last version that held 100% and exists',
        ends: {
          ...record,
          by: 'arn:aws:sts::123456789012:assumed-role/github-actions-release/run-7',
          lastAct: { time, did: 'paused', by: 'arn:aws:iam::123456789012:user/ada', reason: 'lunch' },
        },
        checks: [
          { title: 'version', outcome: 'pass', detail: 'version 41 exists' },
          {
            title: 'invocations',
            outcome: 'warn',
            detail: 'the function is stopped by hand: its reserved concurrency is 0',
            next: [`To start it again: lambdactl concurrency reserve ${to} none`],
          },
          {
            title: 'configuration',
            outcome: 'warn',
            detail: 'it differs from that of version 42: memory 512 MB → 128 MB',
          },
          { title: 'provisioned concurrency', outcome: 'pass', detail: 'none that the version would lack' },
        ],
      },
    }),
    rollbackText({
      function: 'checkout',
      alias: 'live',
      outcome: 'rolled-back',
      changes: [],
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
}
