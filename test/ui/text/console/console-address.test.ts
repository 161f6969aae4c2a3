import { expect, test } from 'vitest'
import { consolePages, functionAddress } from '../../../../src/ui/text/console/console-address.ts'

const fn = { lambdaName: 'shop-checkout-prod', alias: 'live', logGroup: '/aws/lambda/shop-checkout-prod' }
const of = (region: string) =>
  consolePages.map((page) => functionAddress({ region, ...fn }, page).replace(`?region=${region}`, ''))

test('each page has its address, in the console of the partition', () => {
  expect(of('eu-west-1')).toEqual([
    'https://eu-west-1.console.aws.amazon.com/lambda/home#/functions/shop-checkout-prod/aliases/live',
    'https://eu-west-1.console.aws.amazon.com/lambda/home#/functions/shop-checkout-prod?tab=code',
    'https://eu-west-1.console.aws.amazon.com/cloudwatch/home#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fshop-checkout-prod',
    "https://eu-west-1.console.aws.amazon.com/cloudwatch/home#alarmsV2:?~(search~'shop-checkout-prod)",
    "https://eu-west-1.console.aws.amazon.com/cloudwatch/home#xray:traces/query?~(query~(expression~'service*28*22shop-checkout-prod*22*29))",
    'https://eu-west-1.console.aws.amazon.com/lambda/home#/functions/shop-checkout-prod?tab=monitoring',
    'https://eu-west-1.console.aws.amazon.com/lambda/home#/functions/shop-checkout-prod?tab=versions',
    'https://eu-west-1.console.aws.amazon.com/lambda/home#/functions/shop-checkout-prod?subtab=triggers&tab=configure',
    'https://eu-west-1.console.aws.amazon.com/lambda/home#/functions/shop-checkout-prod?subtab=concurrency&tab=configure',
    'https://eu-west-1.console.aws.amazon.com/cloudwatch/home#logsV2:log-groups/log-group/$252Flambdactl$252Freleases',
  ])
  expect(of('cn-north-1')[0]).toMatch(/^https:\/\/cn-north-1\.console\.amazonaws\.cn\/lambda\//)
  expect(of('us-gov-west-1')[2]).toMatch(
    /^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\/cloudwatch\//,
  )
})

test('a function without the alias has its own page', () => {
  const address = functionAddress({ region: 'eu-west-1', ...fn, alias: undefined }, 'function')
  expect(address).toMatch(/#\/functions\/shop-checkout-prod$/)
})
