import { upcomingShifts } from '../../../src/release/plan/plan.ts'
import { releaseText } from '../../../src/ui/results/canary-status.ts'
import { coldStartsText } from '../../../src/ui/results/cold-starts.ts'
import { costText } from '../../../src/ui/results/cost/given.ts'
import { diffText } from '../../../src/ui/results/diff/diff.ts'
import { examinationText } from '../../../src/ui/results/doctor/text.ts'
import { historyText } from '../../../src/ui/results/history/history.ts'
import { queryText } from '../../../src/ui/results/logs/query.ts'
import { reportText } from '../../../src/ui/results/report/text.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import type { ColdStarts } from '../../../src/workflows/cold-starts/read-cold-starts.ts'
import { costOf, usageOf } from '../../../src/workflows/cost/given-cost.ts'
import { sampleReport } from '../results/report/sample-report.ts'
import { alarms, alias, minuteMs, past, plan, record, type Screen, stands, time, told } from './facts.ts'

/** Of the commands that look and operate. */
export const lookScreens: Readonly<Record<string, Screen>> = {
  'canary report': (width) => fitted(reportText(sampleReport, width), width),
  'canary status': (width) =>
    fitted(
      releaseText(
        {
          function: 'checkout',
          alias,
          outcome: 'going',
          standing: stands,
          upcoming: upcomingShifts(plan, { ...record, phase: 'shifting' }),
          alarms: alarms.map((alarm) => ({ ...alarm, verdict: 'inconclusive' })),
          plan,
          record: { ...record, phase: 'shifting', step: 1 },
        },
        width,
      ),
      width,
    ),
  cost: (width) =>
    fitted(
      costText(
        costOf(
          usageOf({ requests: 3_000_000, durationMs: 200, memoryMb: 512, architecture: 'x86_64' }),
          'eu-west-1',
        ),
        width,
      ),
      width,
    ),
  'cold-starts': (width) => fitted(coldStartsText(starts, width), width),
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
          codeUnknown: undefined,
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
          attachments: [],
          drift: {
            since: '41',
            configuration: [{ field: 'timeout', from: 3, to: 30, overwritten: true }],
            code: [],
            keep: { timeout: '30s' },
          },
        },
        undefined,
        width,
      ),
      width,
    ),
  doctor: (width) =>
    examinationText(
      {
        checks: [{ title: 'region', outcome: 'pass', detail: 'eu-west-1' }],
        functions: [
          {
            function: 'checkout',
            lambdaName: 'shop-checkout-prod',
            checks: [
              {
                title: 'manages',
                outcome: 'warn',
                detail: 'lambdactl.yaml manages the whole function, which Terraform makes',
                why: 'A release resets the settings that lambdactl.yaml does not have.',
                mends: [{ where: 'In lambdactl.yaml', language: 'yaml', text: 'environments:\n  prod:' }],
                next: ['Then remove the fields that Terraform sets: memory'],
              },
              { title: 'alias', outcome: 'note', detail: 'live is not there yet; the next deploy makes it' },
            ],
          },
        ],
      },
      width,
    ),
  history: (width) =>
    fitted(
      historyText(
        'checkout',
        [
          { kind: 'release', ...past },
          {
            kind: 'prune',
            function: 'checkout',
            started: time - 20 * minuteMs,
            ended: time - 10 * minuteMs,
            by: 'arn:aws:iam::123456789012:user/ada',
            planned: { versions: 35, bytes: 42_000_000 },
            deleted: { versions: 33, bytes: 40_000_000 },
            failed: 2,
          },
          {
            kind: 'stop',
            function: 'checkout',
            started: time - 30 * minuteMs,
            ended: undefined,
            by: 'arn:aws:iam::123456789012:user/ada',
            reason: 'it empties the orders table',
            before: { reserved: 50, provisioned: [{ qualifier: '41', amount: 5 }] },
          },
          {
            kind: 'release',
            ...past,
            id: 'a1',
            outcome: 'done',
            reason: undefined,
            strategy: 'all-at-once',
            started: time - 60 * minuteMs,
            by: undefined,
            breakglass: 'incident 42',
          },
          {
            kind: 'release',
            ...past,
            started: time - 3 * 24 * 60 * minuteMs,
            ended: undefined,
            outcome: 'in progress',
          },
        ],
        width,
      ),
      width,
    ),
  'logs query': (width) =>
    fitted(
      queryText(
        {
          columns: ['error', 'errors', 'last'],
          rows: [
            { error: 'payment gateway said no', errors: '17', last: '1795750855123' },
            { error: `no price for order ${'x'.repeat(60)}`, errors: '2', last: '1795750801000' },
          ],
          scanned: 48_210,
          matched: 19,
          bytes: 9_411_000,
        },
        width,
      ),
      width,
    ),
  logs: told('0 shown, 0 late, 0 missing'),
  'logs tail': told('4,120 shown, 38 late, 0 missing, asked again once'),
}

const starts: ColdStarts = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  since: time - 24 * 60 * minuteMs,
  until: time,
  versions: [
    {
      version: '42',
      requests: 412_000,
      inits: 902,
      restores: 0,
      failed: 1,
      share: 902 / 412_000,
      wait: { p50Ms: 812, p90Ms: 1031, p99Ms: 1544, maxMs: 2010 },
      billedMs: 741_200,
      billedGbSeconds: 370.6,
      dollars: 0.0062,
    },
    {
      version: '41',
      requests: 12,
      inits: 0,
      restores: 0,
      failed: 0,
      share: 0,
      billedMs: 0,
      billedGbSeconds: 0,
    },
  ],
  total: {
    requests: 412_012,
    inits: 902,
    restores: 0,
    failed: 1,
    share: 902 / 412_012,
    billedMs: 741_200,
    billedGbSeconds: 370.6,
    dollars: 0.0062,
  },
  pricesOf: '2025-10-01',
  advice: [
    {
      about: 'failed',
      text: '1 start failed or took too long, and a request waited for each.',
      next: 'lambdactl logs errors checkout --env prod --since 1d',
    },
    {
      about: 'rare',
      text: 'Starts are rare: 0.22% of the requests waited for one. That is usual below 1%, and often needs no change.',
    },
  ],
  scannedBytes: 1_210_000_000,
}
