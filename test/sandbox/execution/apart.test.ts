import { expect, test } from 'vitest'
import { findWall } from '../../../src/processes/wall.ts'
import { type Bench, openBench } from './bench.ts'
import { isAlive } from './processes.ts'

const isLinux = process.platform === 'linux'
const hasWall = (await findWall()) !== undefined

/** Starts what leaves the group, with its variables and (where a wall tells it apart) without, and answers with both ids. */
const leaving = {
  'index.js': `const { spawn } = require('node:child_process')
    exports.handler = async (event) => {
      const options = { stdio: 'ignore', detached: true }
      const pids = [options, ${hasWall ? '{ ...options, env: {} }' : 'options'}].map((each) => {
        const child = spawn('/bin/sh', ['-c', 'sleep 1000 & wait'], each)
        child.unref()
        return child.pid
      })
      if (event.crash) { console.log(JSON.stringify(pids)); process.exit(1) }
      if (event.spin) { console.log(JSON.stringify(pids)); for (;;); }
      return pids
    }`,
}

async function expectGone(pids: readonly number[]): Promise<void> {
  expect(pids).toHaveLength(2)
  await expect.poll(() => pids.filter(isAlive)).toEqual([])
}

function pidsLogged(bench: Bench): number[] {
  const line = bench.messages().find((message) => message.includes('\tINFO\t[')) ?? ''
  return JSON.parse(line.slice(line.indexOf('['))) as number[]
}

test.runIf(isLinux)('what has left its group ends when the sandbox closes', async () => {
  const bench = await openBench()
  const { payload } = await bench.invoke(await bench.target(leaving, { Timeout: 20 }))
  expect((payload as number[]).filter(isAlive)).toEqual(payload)
  await bench[Symbol.asyncDispose]()
  await expectGone(payload as number[])
})

test.runIf(isLinux).each([
  ['crashes', { crash: true }, {}],
  ['takes too long', { spin: true }, { Timeout: 2 }],
])('what has left its group ends when the handler %s', async (_, event, configuration) => {
  await using bench = await openBench()
  const target = await bench.target(leaving, { Timeout: 20, ...configuration })
  expect(await bench.invoke(target, event)).toMatchObject({ functionError: 'Unhandled' })
  await expectGone(pidsLogged(bench))
})

test.runIf(isLinux)('of two environments only the one that ends takes its own along', async () => {
  await using bench = await openBench()
  const target = await bench.target(leaving, { Timeout: 20 })
  const [stays, ends] = await Promise.all([bench.invoke(target), bench.invoke(target, { crash: true })])
  expect(ends).toMatchObject({ functionError: 'Unhandled' })
  await expectGone(pidsLogged(bench))
  expect((stays.payload as number[]).filter(isAlive)).toEqual(stays.payload)
})
