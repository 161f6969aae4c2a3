import { triggerListText } from '../../../src/ui/results/triggers/list.ts'
import { pauseText, resumeText } from '../../../src/ui/results/triggers/pause.ts'
import { pointText } from '../../../src/ui/results/triggers/point.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import { type Screen, time, told } from './facts.ts'

const of = { function: 'checkout', lambdaName: 'shop-checkout-prod' }

const queue = { uuid: '11111111-2222-3333-4444-555555555555', source: 'SQS queue orders' }
const stream = { uuid: '21111111-2222-3333-4444-555555555555', source: 'Kinesis stream clicks' }
const pause = {
  since: time,
  reason: 'the orders table is full, see the incident page',
  by: 'arn:aws:sts::123456789012:assumed-role/on-call/ada',
  mappings: [queue, stream],
  isWhole: true,
}

/** Of the commands about triggers. */
export const triggerScreens: Readonly<Record<string, Screen>> = {
  'triggers list': (width) =>
    fitted(
      triggerListText(
        {
          ...of,
          alias: 'live',
          isAliasThere: true,
          triggers: [
            {
              kind: 'mapping',
              source: 'SQS queue shop-orders-to-be-checked-out-prod.fifo',
              qualifier: null,
              way: 'past',
              uuid: '11111111-2222-3333-4444-555555555555',
              state: 'Enabled',
              waiting: 12_345,
            },
            {
              kind: 'permission',
              source: 'S3 bucket photos',
              qualifier: null,
              way: 'past',
              statement: 'photos',
              isAlsoOnAlias: true,
            },
            {
              kind: 'mapping',
              source: 'Kinesis stream clicks',
              qualifier: 'live',
              way: 'alias',
              uuid: '21111111-2222-3333-4444-555555555555',
              state: 'Disabled',
              iteratorAgeMs: 61_000,
              lastResult: 'PROBLEM: Function call failed',
            },
            {
              kind: 'mapping',
              source: 'DynamoDB stream of orders',
              qualifier: 'beta',
              way: 'other',
              uuid: '31111111-2222-3333-4444-555555555555',
              state: 'Enabled',
            },
            {
              kind: 'url',
              source: 'URL https://abcdefghijklmnop.lambda-url.eu-west-1.on.aws/',
              qualifier: 'live',
              way: 'alias',
              auth: 'none',
            },
          ],
          file: {
            differences: [
              { field: 'triggers.news', from: 'none', to: 'SNS topic news-of-the-shop', does: 'add' },
            ],
            problems: [{ trigger: 'uploads', detail: 'there is no bucket photos', next: [] }],
          },
          more: { count: 111, see: 'lambdactl triggers list checkout --env prod --all-versions' },
          next: ['To put them on live: lambdactl triggers point checkout --env prod --all'],
        },
        width,
      ),
      width,
    ),
  'triggers point': told(
    pointText({
      ...of,
      alias: 'live',
      mappings: [{ ...queue, from: null }],
      there: [stream],
      permissions: [{ statement: 'photos', source: 'S3 bucket photos', from: null }],
      next: [
        "For S3 bucket photos: name arn:aws:lambda:eu-west-1:123456789012:function:shop-checkout-prod:live in the bucket's notification, then remove statement photos of the function",
      ],
      undo: [
        `aws lambda update-event-source-mapping --uuid ${queue.uuid} --function-name shop-checkout-prod`,
        'aws lambda remove-permission --function-name shop-checkout-prod --qualifier live --statement-id photos',
      ],
      dryRun: false,
    }),
  ),
  'triggers pause': told(
    pauseText({
      ...of,
      outcome: 'was-paused',
      pause,
      paused: [],
      undo: ['lambdactl triggers resume checkout --env prod'],
      dryRun: false,
    }),
  ),
  'triggers resume': told(
    resumeText({
      ...of,
      outcome: 'resumed',
      pause,
      enable: [queue],
      on: [],
      gone: [stream],
      disabled: 1,
      undo: "lambdactl triggers pause checkout --env prod --reason 'TEXT'",
      dryRun: false,
    }),
  ),
}
