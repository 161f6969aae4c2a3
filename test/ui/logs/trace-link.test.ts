import { expect, test } from 'vitest'
import { traceLink } from '../../../src/ui/logs/trace-link.ts'

const id = '1-5e1b4151-43a0913a12345678901234567'

test.each([
  ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#xray:traces/'],
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#xray:traces/'],
  [
    'us-gov-west-1',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#xray:traces/',
  ],
])('a trace in %s has a page in the console there', (region, page) => {
  expect(traceLink({ region }, id)).toBe(`${page}${id}`)
})

test('another endpoint than that of AWS has no console', () => {
  expect(traceLink({ region: 'eu-west-1', endpoint: 'http://127.0.0.1:4510' }, id)).toBeUndefined()
  expect(traceLink({}, id)).toBeUndefined()
})
