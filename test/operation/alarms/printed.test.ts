import { expect, test } from 'vitest'
import { alarmsTemplate } from '../../../src/operation/alarms/cloudformation.ts'
import { definitionsOf } from '../../../src/operation/alarms/definitions.ts'
import { alarmsHcl } from '../../../src/operation/alarms/terraform.ts'

const topic = 'arn:aws:sns:eu-west-1:123456789012:pages'
const one = definitionsOf(
  { lambdaName: 'shop-checkout-prod', alias: 'live' },
  { limits: { errors: { percent: 0.5 }, p99: 2000 }, actions: [topic], okActions: [] },
)
const twins = ['9shop_mail-prod', '9shop-mail_prod'].flatMap((lambdaName) =>
  definitionsOf({ lambdaName, alias: 'live' }, { limits: { throttles: 1 }, actions: [], okActions: [] }),
)

test('CloudFormation gets a template with a resource for each alarm, under different names', () => {
  const { Resources } = JSON.parse(alarmsTemplate([...one, ...twins])) as {
    Resources: Record<string, { Type: string; Properties: object }>
  }
  expect(Object.keys(Resources)).toEqual([
    'ShopCheckoutProdLiveErrors',
    'ShopCheckoutProdLiveP99',
    '9shopMailProdLiveThrottles',
    '9shopMailProdLiveThrottles2',
  ])
  expect(Resources['ShopCheckoutProdLiveErrors']).toMatchObject({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'shop-checkout-prod-live-errors',
      Metrics: [{ Expression: '100 * errors / invocations', ReturnData: true }, {}, {}],
      TreatMissingData: 'notBreaching',
      AlarmActions: [topic],
    },
  })
  expect(Resources['ShopCheckoutProdLiveP99']?.Properties).toMatchObject({
    ExtendedStatistic: 'p99',
    Period: 60,
    Threshold: 2000,
  })
})

/** `terraform fmt` changed nothing of this text, and `terraform validate` with hashicorp/aws 5.100 accepted it. */
test('Terraform gets formatted resources, under names that it takes', () => {
  const hcl = alarmsHcl([...one, ...twins])
  expect(
    [...hcl.matchAll(/^resource "aws_cloudwatch_metric_alarm" "(\w+)" \{$/gm)].map(([, name]) => name),
  ).toEqual([
    'shop_checkout_prod_live_errors',
    'shop_checkout_prod_live_p99',
    '_9shop_mail_prod_live_throttles',
    '_9shop_mail_prod_live_throttles2',
  ])
  expect(
    alarmsHcl(twins.slice(0, 1)),
  ).toBe(`resource "aws_cloudwatch_metric_alarm" "_9shop_mail_prod_live_throttles" {
  alarm_name          = "9shop_mail-prod-live-throttles"
  alarm_description   = "Throttled requests in a minute: 1 or more (9shop_mail-prod:live)"
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"

  dimensions = {
    FunctionName = "9shop_mail-prod"
    Resource     = "9shop_mail-prod:live"
  }
}`)
})

test('text that HCL would read as a template is written as it is', () => {
  const [alarm] = one
  if (!alarm) throw new Error('one alarm is wanted')
  expect(alarmsHcl([{ ...alarm, description: 'a "b" ${c} %{d} $e' }])).toContain(
    '= "a \\"b\\" $${c} %%{d} $e"',
  )
})
