import type { DescribedVersion } from '../../../src/operation/versions/described.ts'
import { versionDiffText, versionPatchTexts } from '../../../src/ui/results/versions/diff.ts'
import { versionListText } from '../../../src/ui/results/versions/list.ts'
import { pruneEndText, prunePlanText } from '../../../src/ui/results/versions/prune.ts'
import { versionText } from '../../../src/ui/results/versions/show.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import type { Pruned } from '../../../src/workflows/versions/prune-versions.ts'
import { past, type Screen, time, to } from './facts.ts'

const of = { function: 'checkout', lambdaName: 'shop-checkout-prod' }
const nobodys: DescribedVersion = {
  version: '42',
  description: '',
  codeSha256: 'Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8=',
  bytes: 1_234_567,
  published: '2026-11-21T22:29:00.000+0000',
  origin: { digest: 'c0ffee12'.repeat(8), commit: `${'a'.repeat(40)}+` },
  aliases: [
    { name: 'live', percent: 10 },
    { name: 'beta', percent: 100 },
  ],
  releases: [
    { alias: 'live', id: past.id, strategy: 'canary', outcome: 'in progress', started: time },
    { alias: 'beta', id: 'a1b2c3d4', strategy: 'all-at-once', outcome: 'done', started: time },
  ],
}
const described: DescribedVersion = {
  ...nobodys,
  by: 'arn:aws:sts::123456789012:assumed-role/releaser/ada@example.com',
}

const plan: Pruned = {
  functions: [
    {
      ...of,
      state: 'found',
      bytes: 44_100_000,
      gone: Array.from({ length: 60 }, (_, index) => ({
        version: String(index < 30 ? index + 1 : 2 * index),
        published: described.published,
      })),
      kept: [
        {
          version: '121',
          published: described.published,
          because: [
            { kind: 'alias', alias: 'live', percent: 90 },
            { kind: 'newest' },
            { kind: 'provisioned' },
          ],
        },
        {
          version: '41',
          published: '2026-11-01T21:00:00.000+0000',
          because: [
            { kind: 'way-back', alias: 'live' },
            { kind: 'last-release', alias: 'live', release: 'k3f9q2ab' },
          ],
        },
      ],
    },
    { function: 'pay', lambdaName: 'shop-pay-prod', state: 'missing', gone: [], kept: [], bytes: 0 },
  ],
  codeStorage: { before: 61_200_000_000, limit: 80_530_636_800 },
}
const pruned: Pruned = {
  functions: plan.functions.map((each) => ({
    ...each,
    done: {
      deleted: ['1', '2', '3', '5'],
      spared: [{ version: '4', because: [{ kind: 'policy' }] }],
      failed: [
        {
          version: '6',
          code: 'AWS_REFUSED',
          message: 'Could not delete version 6 of shop-checkout-prod: It is a replicated function.',
          next: ['Remove it from the distribution first.'],
        },
      ],
      left: ['7'],
    },
  })),
  codeStorage: { before: 61_200_000_000, after: 61_190_000_000, limit: 80_530_636_800 },
}

/** Of the commands about versions. */
export const versionScreens: Readonly<Record<string, Screen>> = {
  'versions list': (width) =>
    fitted(
      versionListText(
        {
          ...of,
          versions: [described, { ...nobodys, version: '9', origin: undefined, aliases: [], releases: [] }],
          total: { count: 121, bytes: 149_000_000 },
          more: { count: 119, see: `lambdactl versions list ${to} --limit 121` },
          isJournalRead: true,
        },
        width,
      ),
      width,
    ),
  'versions prune': (width) => fitted([prunePlanText(plan, width), pruneEndText(pruned)].join('\n'), width),
  'versions show': (width) =>
    fitted(
      versionText(
        {
          ...of,
          ...described,
          state: 'failed',
          stateReason: 'The image of the function was deleted, and Lambda can not start it any more',
          logGroup: '/aws/lambda/shop-checkout-prod',
          configuration: [
            { field: 'memory', from: 0, to: 512 },
            { field: 'layers', from: [], to: ['arn:aws:lambda:eu-west-1:123456789012:layer:metrics:12'] },
            { field: 'environment', name: 'TABLE', change: 'added' },
            { field: 'environment', name: 'PAYMENT_TOKEN', change: 'added' },
          ],
          isJournalRead: true,
        },
        width,
      ),
      width,
    ),
  'versions diff': (width) => {
    const diff = {
      ...of,
      from: '41',
      to: '$LATEST',
      configuration: [{ field: 'memory' as const, from: 512, to: 1024 }],
      code: [{ path: 'src/größe-日本語.js', change: 'changed' as const, from: 1200, to: 90 }],
      patch: [{ path: 'src/größe-日本語.js', text: '@@ -1,1 +1,1 @@\n-one\n+two\n' }],
    }
    return [fitted(versionDiffText(diff, width), width), ...versionPatchTexts(diff)].join('\n')
  },
}
