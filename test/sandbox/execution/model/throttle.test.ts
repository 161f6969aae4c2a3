import { expect, test } from 'vitest'
import { createThrottle } from '../../../../src/sandbox/execution/model/throttle.ts'

const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:shop'
const other = arn.replace('shop', 'other')
const latest = { arn, version: '$LATEST' }
const one = { arn, version: '1' }
const reserved = 'ReservedFunctionConcurrentInvocationLimitExceeded'

test('provisioned concurrency is taken out of the reserved, so $LATEST has nothing left', () => {
  const throttle = createThrottle(1000)
  throttle.reserve(arn, 1)
  throttle.provision(one, 1)
  expect(throttle.enter(latest, 0)).toBe(reserved)
  expect(throttle.enter(one, 0)).toBeUndefined()
  expect(throttle.enter(one, 0)).toBe(reserved)
  throttle.leave(one)
  throttle.retire(arn, '1')
  expect(throttle.enter(latest, 0)).toBeUndefined()
})

test('a version spills over into what its function reserves beyond the provisioned', () => {
  const throttle = createThrottle(1000)
  throttle.reserve(arn, 2)
  throttle.provision(one, 1)
  expect([throttle.enter(one, 0), throttle.enter(one, 0), throttle.enter(one, 0)]).toEqual([
    undefined,
    undefined,
    reserved,
  ])
  expect(throttle.enter(latest, 0)).toBe(reserved)
})

test('provisioned concurrency without a reservation is taken out of the account', () => {
  const throttle = createThrottle(2)
  throttle.provision(one, 1)
  const [first, second] = [{ arn: other, version: '$LATEST' }, latest]
  expect(throttle.enter(first, 0)).toBeUndefined()
  expect(throttle.enter(second, 0)).toBe('ConcurrentInvocationLimitExceeded')
  expect(throttle.enter(one, 0)).toBeUndefined()
  expect(throttle.concurrency(one)).toEqual({
    ofFunction: 1,
    ofRegion: 2,
    unreserved: 1,
    claimed: 2,
    provisioned: { busy: 1, configured: 1 },
  })
})

test('a function takes ten requests a second for each of its concurrent executions', () => {
  const throttle = createThrottle(1000)
  throttle.reserve(arn, 2)
  const request = (now: number) => {
    const reason = throttle.enter(latest, now)
    if (!reason) throttle.leave(latest)
    return reason
  }
  expect(Array.from({ length: 20 }, (_, index) => request(5000 + index))).toEqual(Array(20).fill(undefined))
  expect(request(5999)).toBe('ReservedFunctionInvocationRateLimitExceeded')
  expect(throttle.enter({ arn: other, version: '1' }, 5999)).toBeUndefined()
  expect(request(6000)).toBeUndefined()
})

test('a function gets at most 1,000 new environments each 10 s; free ones go on', () => {
  const throttle = createThrottle(5000)
  for (let index = 0; index < 1000; index++) expect(throttle.enter(latest, 10_000, true)).toBeUndefined()
  expect(throttle.enter(latest, 19_999, true)).toBe('FunctionInvocationRateLimitExceeded')
  expect(throttle.enter(latest, 19_999, false)).toBeUndefined()
  expect(throttle.enter(latest, 20_000, true)).toBeUndefined()
})
