import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { type Bench, checkout, openBench } from './bench.ts'
import { containing, objectWith } from './matchers.ts'

const published: FunctionConfiguration = { Version: '3' }
const code = {
  'index.js': `exports.handler = async (event) => {
    if (event.exit) process.exit(1)
    if (event.wait) await new Promise((r) => setTimeout(r, event.wait))
    return { pid: process.pid, type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE }
  }`,
}

const state = (bench: Bench) => bench.executor.provisioned(checkout, '3')
const available = (bench: Bench) => expect.poll(() => state(bench)?.available, { timeout: 10_000 })

test('provisioned environments are warm before the first event, and are used first', async () => {
  await using bench = await openBench()
  const target = await bench.target(code, published)
  expect(state(bench)).toBeUndefined()
  bench.executor.provision(target, 2)
  expect(state(bench)).toEqual({ requested: 2, available: 0, allocated: 0 })
  await available(bench).toBe(2)
  const answer = await bench.invoke(target, {}, { qualifier: 'live' })
  expect(answer).toMatchObject({ payload: { type: 'provisioned-concurrency' } })
  expect(answer.logTail).not.toContain('Init Duration')
  expect(bench.data).toContainEqual(
    objectWith({
      name: 'ProvisionedConcurrencyInvocations',
      dimensions: { FunctionName: 'checkout', Resource: 'checkout:live', ExecutedVersion: '3' },
      value: 1,
    }),
  )
  const used = bench.data.filter(({ name }) =>
    /^ProvisionedConcurren(?:tExecutions|cyUtilization)$/.test(name),
  )
  const byFunction = used.filter(({ dimensions }) => !('Resource' in dimensions))
  expect(byFunction.map(({ name, value }) => [name, value])).toEqual([
    ['ProvisionedConcurrentExecutions', 1],
    ['ProvisionedConcurrencyUtilization', 0.5],
  ])
})

test('events beyond them spill over to environments on demand', async () => {
  await using bench = await openBench()
  const target = await bench.target(code, published)
  bench.executor.provision(target, 1)
  await available(bench).toBe(1)
  const answers = await Promise.all([bench.invoke(target, { wait: 300 }), bench.invoke(target)])
  expect(answers.map(({ payload }) => (payload as { type: string }).type)).toEqual([
    'provisioned-concurrency',
    'on-demand',
  ])
  expect(bench.data.filter(({ name }) => name === 'ProvisionedConcurrencySpilloverInvocations').length).toBe(
    2,
  )
})

test('one that dies is replaced', async () => {
  await using bench = await openBench()
  const target = await bench.target(code, published)
  bench.executor.provision(target, 1)
  await available(bench).toBe(1)
  await bench.invoke(target, { exit: true })
  const starts = () => bench.messages().filter((message) => message.startsWith('INIT_START')).length
  await expect.poll(starts).toBe(2)
  await available(bench).toBe(1)
  expect(await bench.invoke(target)).toMatchObject({ payload: { type: 'provisioned-concurrency' } })
})

test('an INIT phase that fails is told, and tried again when asked', async () => {
  await using bench = await openBench()
  const broken = await bench.target({ 'index.js': `throw new Error('no start')` }, published)
  bench.executor.provision(broken, 3)
  await expect.poll(() => state(bench)?.failure).toBe('FUNCTION_ERROR_INIT_FAILURE')
  expect(bench.messages()).toContainEqual(containing('INIT_REPORT Init Duration: '))
  bench.executor.provision(await bench.target(code, published), 1)
  await available(bench).toBe(1)
  expect(state(bench)).toEqual({ requested: 1, available: 1, allocated: 1 })
})

test('releasing them makes the version on demand again', async () => {
  await using bench = await openBench()
  const target = await bench.target(code, published)
  bench.executor.provision(target, 2)
  await available(bench).toBe(2)
  bench.executor.provision(target, 0)
  expect(state(bench)).toBeUndefined()
  expect(await bench.invoke(target)).toMatchObject({ payload: { type: 'on-demand' } })
})
