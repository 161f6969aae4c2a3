import { triggerListText } from '../../../src/ui/results/triggers/list.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import type { Screen } from './facts.ts'

const of = { function: 'checkout', lambdaName: 'shop-checkout-prod' }

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
          more: { count: 111, see: 'lambdactl triggers list checkout --env prod --all-versions' },
          next: ['To put them on live: lambdactl triggers point checkout --env prod --all'],
        },
        width,
      ),
      width,
    ),
}
