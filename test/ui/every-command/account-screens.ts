import { destroyText } from '../../../src/ui/results/destroy.ts'
import { accountListText } from '../../../src/ui/results/list.ts'
import { functionAddress } from '../../../src/ui/text/console/console-address.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import type { DestroyedFunction } from '../../../src/workflows/destroy/carry-out.ts'
import { type Screen, told } from './facts.ts'

const changed = '2026-11-21T22:29:00.000+0000'
const destroyed: DestroyedFunction = {
  function: 'checkout',
  lambdaName: 'shop-checkout-review-42',
  state: 'found',
  alias: 'live',
  versions: 3,
  hasUrl: true,
  reserved: 5,
  mappings: [
    {
      uuid: '91eaeb7e-c976-4939-9df4-0123456789ab',
      source: 'arn:aws:sqs:eu-west-1:123456789012:orders',
      takeAway:
        'aws lambda delete-event-source-mapping --uuid 91eaeb7e-c976-4939-9df4-0123456789ab --region eu-west-1',
    },
  ],
  triggers: [
    { name: 'news', source: 'SNS topic news', deleted: false },
    { name: 'nightly', source: 'EventBridge rule shop-checkout-review-42-nightly', deleted: false },
  ],
  own: [
    {
      kind: 'alarms',
      names: ['shop-checkout-review-42-live-errors', 'shop-checkout-review-42-live-p99'],
      deleted: false,
    },
  ],
  leftovers: [
    {
      kind: 'scaling',
      names: ['live'],
      takeAway:
        'aws application-autoscaling deregister-scalable-target --service-namespace lambda --scalable-dimension lambda:function:ProvisionedConcurrency --resource-id function:shop-checkout-review-42:live --region eu-west-1',
    },
    {
      kind: 'stateMachine',
      names: ['arn:aws:states:eu-west-1:123456789012:stateMachine:orders'],
      takeAway:
        'aws stepfunctions delete-state-machine --state-machine-arn arn:aws:states:eu-west-1:123456789012:stateMachine:orders --region eu-west-1',
    },
  ],
  unread: [],
  logGroup: { name: '/aws/lambda/shop-checkout-review-42', goes: false },
  outcome: 'planned',
  deleted: false,
}
const gone: DestroyedFunction = {
  ...destroyed,
  function: 'pay',
  lambdaName: 'shop-pay-review-42',
  state: 'missing',
  mappings: [],
  triggers: [],
  own: [],
  leftovers: [],
  unread: ['the scaling: The credentials may not read how shop-pay-review-42 is scaled.'],
  outcome: 'nothing',
}
const error = {
  code: 'AWS_UNAVAILABLE' as const,
  message: 'Could not delete the function shop-checkout-review-42: Lambda failed on its side.',
  next: ['Try again in a while.'],
}
const ofCheckout = {
  region: 'eu-west-1',
  lambdaName: 'shop-checkout-prod',
  alias: 'live',
  logGroup: '/aws/lambda/shop-checkout-prod',
}

/** Of the commands about the account. */
export const accountScreens: Readonly<Record<string, Screen>> = {
  list: (width) =>
    fitted(
      accountListText(
        {
          functions: [
            {
              name: 'a-legacy-api-with-a-long-name-日本語',
              lastModified: changed,
              aliases: [],
              released: [],
            },
            {
              name: 'shop-checkout-prod',
              runtime: 'nodejs24.x',
              lastModified: changed,
              aliases: [
                { name: 'live', version: '41', weight: { version: '42', percent: 10 } },
                { name: 'beta', version: '42' },
              ],
              knownAs: 'checkout',
              released: ['live'],
            },
            {
              name: 'shop-old-prod',
              runtime: 'python3.13',
              lastModified: changed,
              aliases: [{ name: 'live', version: '3' }],
              released: ['live'],
            },
            { name: 'theirs', runtime: 'go1.x', lastModified: changed, aliases: undefined, released: [] },
          ],
          total: 120,
          missing: ['pay'],
        },
        width,
      ),
      width,
    ),
  add: told(
    'wrote events/checkout.json',
    'wrote functions/checkout/index.ts',
    'added checkout to lambdactl.yaml',
    'Next: lambdactl deploy checkout --env sandbox',
  ),
  destroy: told(
    destroyText([
      { ...destroyed, outcome: 'planned' },
      gone,
      {
        ...destroyed,
        outcome: 'failed',
        deleted: true,
        triggers: [{ name: 'news', source: 'SNS topic news', deleted: true }],
        logGroup: { name: '/aws/lambda/a', goes: true },
        error,
      },
    ]),
  ),
  open: () => functionAddress(ofCheckout, 'logs'),
}
