import { definitionsOf } from '../../../src/operation/alarms/definitions.ts'
import { planAlarms } from '../../../src/operation/alarms/plan.ts'
import { ensureEndText, ensurePlanText } from '../../../src/ui/results/alarms/ensure.ts'
import { alarmsText } from '../../../src/ui/results/alarms/list.ts'
import { alarmsTestText } from '../../../src/ui/results/alarms/test.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import type { Ensured } from '../../../src/workflows/alarms/ensure.ts'
import { alarms, minuteMs, type Screen, time, to, told } from './facts.ts'

const topic = 'arn:aws:sns:eu-west-1:123456789012:pages'

const watched = { lambdaName: 'shop-checkout-prod', alias: 'live' }
const wanted = (p99: number) =>
  definitionsOf(watched, {
    limits: { errors: { percent: 1 }, throttles: 1, p99 },
    actions: ['arn:aws:sns:eu-west-1:123456789012:pages'],
    okActions: [],
  })
const found = wanted(1500).flatMap((definition) =>
  definition.name.endsWith('errors') ? [] : [{ name: definition.name, arn: '', definition, service: 'shop' }],
)
const gone = {
  ...wanted(1)[0],
  name: 'shop-checkout-prod-live-iterator-age',
} as (typeof found)[0]['definition']

const ensured: Ensured = {
  functions: [
    {
      function: 'checkout',
      ...watched,
      changes: planAlarms(
        wanted(2000),
        [...found, { name: gone.name, arn: '', definition: gone, service: 'shop' }],
        'shop',
      ),
    },
    { function: 'mail', lambdaName: 'shop-mail-prod', alias: 'live', changes: [] },
  ],
  dryRun: false,
  undo: ['aws cloudwatch delete-alarms --alarm-names shop-checkout-prod-live-errors'],
}

const [firing, silent] = alarms

/** Of the commands on alarms. */
export const alarmScreens: Readonly<Record<string, Screen>> = {
  'alarms ensure': (width) => fitted(`${ensurePlanText(ensured)}\n${ensureEndText(ensured)}`, width),
  'alarms test': told(
    alarmsTestText({
      function: 'checkout',
      ...watched,
      from: time - 24 * 60 * minuteMs,
      until: time,
      alarms: [
        {
          name: 'shop-checkout-prod-live-errors',
          condition: 'OK',
          threshold: 1,
          evidence: { periodMs: minuteMs, values: 1204, breaching: 2, worst: { time, value: 4.217 } },
          informs: [topic],
          fired: { actions: [`Successfully executed action ${topic}`], succeeded: true },
        },
        {
          name: 'shop-checkout-prod-live-throttles',
          condition: 'OK',
          threshold: 1,
          evidence: { periodMs: minuteMs, values: 0, breaching: 0 },
          informs: [topic],
          fired: { actions: [], succeeded: false },
        },
        { name: 'all', condition: 'ALARM', evidence: null, informs: [] },
      ],
    }),
  ),
  'alarms list': (width) =>
    fitted(
      alarmsText(
        [
          {
            function: 'checkout',
            ...watched,
            alarms: [
              ...(firing
                ? [{ ...firing, sees: 'alias' as const, blind: [], gates: true, service: 'shop' }]
                : []),
              ...(silent
                ? [
                    {
                      ...silent,
                      sees: 'function' as const,
                      blind: [
                        'it counts all versions and aliases together, so traffic past live hides or causes a fault',
                        'it has no data',
                      ],
                      gates: false,
                    },
                  ]
                : []),
            ],
            missing: ['gone'],
            wanted: ['p99'],
            unmade: ['shop-checkout-prod-live-p99'],
          },
          {
            function: 'mail',
            lambdaName: 'shop-mail-prod',
            alias: 'live',
            alarms: [],
            missing: [],
            wanted: ['errors'],
            unmade: [],
          },
        ],
        width,
        (name, verb) => `lambdactl ${verb} ${to.replace('checkout', name)}`,
      ),
      width,
    ),
}
