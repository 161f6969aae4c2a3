import { upcomingShifts } from '../../../src/release/plan/plan.ts'
import type { ProvisionedConcurrency } from '../../../src/release/plan/provisioned.ts'
import { releaseText } from '../../../src/ui/results/canary-status.ts'
import { changeText, concurrencyText } from '../../../src/ui/results/concurrency.ts'
import { costText } from '../../../src/ui/results/cost.ts'
import { diffText } from '../../../src/ui/results/diff/diff.ts'
import { examinationText } from '../../../src/ui/results/doctor.ts'
import { historyText } from '../../../src/ui/results/history.ts'
import { queryText } from '../../../src/ui/results/logs/query.ts'
import { startText, stopText } from '../../../src/ui/results/stopping.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import type { ConcurrencyChange } from '../../../src/workflows/concurrency/status.ts'
import { costOf } from '../../../src/workflows/cost.ts'
import { alarms, alias, minuteMs, past, plan, record, type Screen, stands, time, told } from './facts.ts'

/** Of the commands that look and operate. */
export const lookScreens: Readonly<Record<string, Screen>> = {
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
          {
            architecture: 'x86_64',
            memoryMb: 512,
            storageMb: 512,
            requests: 3_000_000,
            seconds: 600_000,
            provisionedSeconds: 0,
            provisionedRunSeconds: 0,
          },
          'eu-west-1',
        ),
        width,
      ),
      width,
    ),
  'concurrency provision': told('2 of 5 environments of version 42 ready'),
  'concurrency reserve': (width) => fitted(changeText(reserving, width), width),
  'concurrency start': told(
    startText({
      function: 'checkout',
      lambdaName: 'shop-checkout-prod',
      outcome: 'started',
      made: { reserve: 50, provision: [{ qualifier: '41', amount: 5 }] },
      undo: "lambdactl concurrency stop checkout --env prod --reason 'TEXT'",
      dryRun: false,
    }),
  ),
  'concurrency stop': told(
    stopText({
      function: 'checkout',
      lambdaName: 'shop-checkout-prod',
      outcome: 'was-stopped',
      stop: {
        since: time,
        reason: 'it empties the table of orders, see the incident page',
        by: 'arn:aws:sts::123456789012:assumed-role/on-call/ada',
        before: { reserved: 50, provisioned: [{ qualifier: '41', amount: 5 }] },
        isWhole: true,
      },
      before: { reserved: 50, provisioned: [{ qualifier: '41', amount: 5 }] },
      undo: ['lambdactl concurrency start checkout --env prod'],
      dryRun: false,
    }),
  ),
  'concurrency show': concurrency(undefined),
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

const reserving: ConcurrencyChange = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  reserved: 0,
  provisioned: [],
  account: { limit: 1000, unreserved: 900 },
  change: { what: 'reserved', from: 50, to: 0 },
  undo: 'lambdactl concurrency reserve checkout --env prod 50',
  dryRun: false,
}

function concurrency(reserved: number | undefined): Screen {
  const one = { requested: 5, available: 2, status: 'IN_PROGRESS', reason: undefined } as const
  const failed: ProvisionedConcurrency = {
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
