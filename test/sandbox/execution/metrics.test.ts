import { describe, expect, test } from 'vitest'
import { dimensionSets } from '../../../src/sandbox/execution/model/invocation-metrics.ts'
import { openBench } from './bench.ts'

function sets(qualifier: string | undefined) {
  return dimensionSets({ functionName: 'checkout', qualifier, executedVersion: '4', timestamp: 0 })
}

describe('the dimension sets of a call', () => {
  const common = [{}, { FunctionName: 'checkout' }]

  test('without a qualifier are none and the function', () => {
    expect(sets(undefined)).toEqual(common)
  })
  test('by a version have the version as the resource', () => {
    expect(sets('4')).toEqual([...common, { FunctionName: 'checkout', Resource: 'checkout:4' }])
  })
  test('by an alias also tell the version that it led to', () => {
    expect(sets('live')).toEqual([
      ...common,
      { FunctionName: 'checkout', Resource: 'checkout:live' },
      { FunctionName: 'checkout', Resource: 'checkout:live', ExecutedVersion: '4' },
    ])
  })
})

test('an invocation is counted at its start, an error as an error', async () => {
  await using bench = await openBench({ clock: () => 1_800_000_000_000 })
  const target = await bench.target({
    'index.js': `exports.handler = async (event) => { if (event.fail) throw new Error('no') }`,
  })
  await bench.invoke(target)
  await bench.invoke(target, { fail: true })
  const plain = bench.data.filter(({ dimensions }) => Object.keys(dimensions).length === 0)
  expect(plain.map(({ name, value, unit }) => [name, unit === 'Count' ? value : unit])).toEqual([
    ['Invocations', 1],
    ['Errors', 0],
    ['Throttles', 0],
    ['Duration', 'Milliseconds'],
    ['ConcurrentExecutions', 1],
    ['UnreservedConcurrentExecutions', 1],
    ['ClaimedAccountConcurrency', 1],
    ['Invocations', 1],
    ['Errors', 1],
    ['Throttles', 0],
    ['Duration', 'Milliseconds'],
    ['ConcurrentExecutions', 1],
    ['UnreservedConcurrentExecutions', 1],
    ['ClaimedAccountConcurrency', 1],
  ])
  expect(
    bench.data.every(
      ({ namespace, timestamp }) => namespace === 'AWS/Lambda' && timestamp === 1_800_000_000_000,
    ),
  ).toBe(true)
})
