import type { AlarmState } from '../../src/release/values/observed.ts'

/** An alarm of a test, OK on the errors of the alias unless said otherwise. */
export function alarm(name: string, more: Partial<AlarmState> = {}): AlarmState {
  const dimensions = { FunctionName: 'shop-checkout-prod', Resource: 'shop-checkout-prod:live' }
  return {
    name,
    arn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`,
    condition: 'OK',
    reason: 'Threshold Crossed: 1 datapoint',
    since: 0,
    metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions },
    ...more,
  }
}
