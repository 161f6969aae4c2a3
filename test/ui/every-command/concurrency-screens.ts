import { autoscaleText } from '../../../src/ui/results/concurrency/autoscale.ts'
import { overviewText } from '../../../src/ui/results/concurrency/overview.ts'
import { adviceText } from '../../../src/ui/results/concurrency/recommend.ts'
import { changeText } from '../../../src/ui/results/concurrency/status.ts'
import { startText, stopText } from '../../../src/ui/results/concurrency/stopping.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import type { ConcurrencyAdvice } from '../../../src/workflows/concurrency/recommend.ts'
import type { ConcurrencyOverview } from '../../../src/workflows/concurrency/show.ts'
import type { ConcurrencyChange } from '../../../src/workflows/concurrency/status.ts'
import { minuteMs, type Screen, time, told } from './facts.ts'

/** Of the commands on concurrency. */
export const concurrencyScreens: Readonly<Record<string, Screen>> = {
  'concurrency autoscale': told(
    autoscaleText({
      function: 'checkout',
      lambdaName: 'shop-checkout-prod',
      alias: 'live',
      before: null,
      after: {
        min: 2,
        max: 50,
        utilization: 0.7,
        schedules: [
          {
            name: 'morning',
            min: 10,
            max: 50,
            schedule: 'cron(0 7 ? * MON-FRI *)',
            timezone: 'Europe/Berlin',
          },
        ],
      },
      moves: { fromVersion: { version: '41', amount: 5 }, toAlias: 5 },
      left: 0,
      undo: ['lambdactl concurrency autoscale checkout --env prod none'],
      dryRun: false,
    }),
  ),
  'concurrency provision': told('2 of 5 environments of version 42 ready'),
  'concurrency recommend': (width) =>
    fitted(
      adviceText(advice, width, (verb, ...words) =>
        ['lambdactl', verb, 'checkout', '--env', 'prod', ...words].join(' '),
      ),
      width,
    ),
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
  'concurrency show': (width) =>
    fitted(
      overviewText(overview, width, (name, verb) => `lambdactl ${verb} ${name} --env prod`),
      width,
    ),
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

const overview: ConcurrencyOverview = {
  account: { limit: 1000, unreserved: 850, peak: 64, reservedElsewhere: 100 },
  from: time - 60 * minuteMs,
  until: time,
  functions: [
    {
      function: 'checkout',
      lambdaName: 'shop-checkout-prod',
      exists: true,
      reserved: 50,
      provisioned: [
        {
          qualifier: '42',
          requested: 5,
          available: 2,
          status: 'IN_PROGRESS',
          reason: undefined,
          utilization: 0.8,
          spillover: 12,
        },
        {
          qualifier: 'live',
          requested: 5,
          available: 0,
          status: 'FAILED',
          reason: 'FUNCTION_ERROR_INIT_FAILURE: the function could not be initialised',
          utilization: null,
          spillover: null,
        },
      ],
      scaled: [
        {
          lambdaName: 'shop-checkout-prod',
          qualifier: 'live',
          min: 2,
          max: 50,
          policies: [{ name: 'lambdactl-utilization', utilization: 0.7 }],
          schedules: [],
          suspended: false,
        },
      ],
      ceiling: 50,
      peak: 42,
      throttles: 3,
      takes: 50,
      burst: { to: 3000, warm: 2, ms: 0, ceiling: 50 },
    },
  ],
  unread: [],
  errors: [],
}

const advice: ConcurrencyAdvice = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  region: 'eu-west-1',
  memoryMb: 512,
  architecture: 'arm64',
  from: time - 7 * 24 * 60 * minuteMs,
  until: time,
  periodMs: 5 * minuteMs,
  busyPeriods: 1800,
  recommendation: {
    peak: 35,
    littlesPeak: 20.4,
    median: 3.21,
    p90: 12,
    headroom: 0.2,
    reserve: 42,
    choices: [
      { kind: 'on-demand', amount: 0, warmShare: 0, monthly: 61.9 },
      { kind: 'provisioned', amount: 15, warmShare: 0.93, monthly: 88.12 },
      { kind: 'autoscaled', amount: 4, most: 42, warmShare: 1, monthly: 75.5 },
    ],
  },
  lacking: ["CloudWatch has no ConcurrentExecutions, so the peak is by Little's law alone."],
}
