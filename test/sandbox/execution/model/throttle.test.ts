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
  expect(throttle.enter(latest)).toBe(reserved)
  expect(throttle.enter(one)).toBeUndefined()
  expect(throttle.enter(one)).toBe(reserved)
  throttle.leave(one)
  throttle.retire(arn, '1')
  expect(throttle.enter(latest)).toBeUndefined()
})

test('a version spills over into what its function reserves beyond the provisioned', () => {
  const throttle = createThrottle(1000)
  throttle.reserve(arn, 2)
  throttle.provision(one, 1)
  expect([throttle.enter(one), throttle.enter(one), throttle.enter(one)]).toEqual([
    undefined,
    undefined,
    reserved,
  ])
  expect(throttle.enter(latest)).toBe(reserved)
})

test('provisioned concurrency without a reservation is taken out of the account', () => {
  const throttle = createThrottle(2)
  throttle.provision(one, 1)
  const [first, second] = [{ arn: other, version: '$LATEST' }, latest]
  expect(throttle.enter(first)).toBeUndefined()
  expect(throttle.enter(second)).toBe('ConcurrentInvocationLimitExceeded')
  expect(throttle.enter(one)).toBeUndefined()
  expect(throttle.runningBeside(arn)).toBe(2)
})
