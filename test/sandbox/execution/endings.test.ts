import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openBench } from './bench.ts'
import { containing } from './matchers.ts'
import { isAlive } from './processes.ts'

const code = {
  'index.js': `exports.handler = async (event) => {
    console.log('before')
    if (event.exit !== undefined) process.exit(event.exit)
    if (event.kill) process.kill(process.pid, 'SIGKILL')
    if (event.spin) for (;;);
    if (event.size) return 'x'.repeat(event.size)
    return process.pid
  }`,
}

test('a handler that takes too long is killed, and its log tells so before REPORT', async () => {
  await using bench = await openBench()
  const target = await bench.target(code, { Timeout: 1 })
  const first = await bench.invoke(target)
  const answer = await bench.invoke(target, { spin: true })
  expect(answer).toMatchObject({
    functionError: 'Unhandled',
    payload: {
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: request-2 Error: Task timed out after 1.00 seconds',
    },
  })
  expect(answer.logTail).toMatch(
    /\tINFO\tbefore\n\S+Z request-2 Task timed out after 1\.00 seconds\nEND RequestId: request-2\nREPORT .*\tStatus: timeout\t\n$/,
  )
  expect(await bench.invoke(target)).not.toMatchObject({ payload: first.payload })
})

test.each([
  [{ exit: 1 }, 'Runtime exited with error: exit status 1'],
  [{ exit: 0 }, 'Runtime exited without providing a reason'],
  [{ kill: true }, 'Runtime exited with error: signal: killed'],
])('a process that ends with %j is an exit error', async (event, message) => {
  await using bench = await openBench()
  const answer = await bench.invoke(await bench.target(code), event)
  expect(answer).toMatchObject({
    functionError: 'Unhandled',
    payload: { errorType: 'Runtime.ExitError', errorMessage: `RequestId: request-1 Error: ${message}` },
  })
  expect(answer.logTail).toContain(
    `\tINFO\tbefore\nRequestId: request-1 Error: ${message}\nRuntime.ExitError\nEND `,
  )
})

test.runIf(process.platform === 'linux').each([
  ['slowly, in Node.js', 'nodejs22.x', { grow: 20 }],
  ['all at once, in Node.js', 'nodejs22.x', { grow: 1 }],
  ['in Python', 'python3.13', {}],
] as const)(
  'a handler that takes more memory than it may have is killed: %s',
  async (_how, Runtime, event) => {
    await using bench = await openBench()
    const target = await bench.target(
      {
        'index.js': `const kept = []
        exports.handler = async ({ grow }) => {
          for (let step = 0; step < grow; step++) {
            kept.push(Buffer.alloc(300_000_000 / grow, 1))
            await new Promise((next) => setTimeout(next, 5))
          }
          return 'had it all'
        }`,
        'index.py': `def handler(event, context):
    return len(b'x' * 300_000_000)
`,
      },
      { Runtime, MemorySize: 128, Timeout: 20 },
    )
    const answer = await bench.invoke(target, event)
    expect(answer).toMatchObject({
      functionError: 'Unhandled',
      payload: {
        errorType: 'Runtime.OutOfMemory',
        errorMessage: 'RequestId: request-1 Error: Runtime exited with error: signal: killed',
      },
    })
    expect(answer.logTail).toMatch(
      /\nRuntime\.OutOfMemory\nEND .*\nREPORT .*\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t.*Status: error\tError Type: Runtime\.OutOfMemory\s*$/,
    )
  },
)

test.runIf(process.platform === 'linux')(
  'a file that was mapped and let go is not memory that a handler took',
  async () => {
    // Files of /tmp may be in memory, and /var is not a handler's.
    const folder = await mkdtemp(join(process.cwd(), 'node_modules/.lambdactl-test-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await using bench = await openBench()
    const index = `import mmap
def handler(event, context):
    with open(event['path'], 'w+b') as file:
        file.truncate(200_000_000)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            return sum(mapped[at] for at in range(0, len(mapped), 4096))
`
    const target = await bench.target(
      { 'index.py': index },
      { Runtime: 'python3.13', MemorySize: 128, Timeout: 20 },
    )
    const answer = await bench.invoke(target, { path: join(folder, 'mapped') })
    expect(answer).toMatchObject({ payload: 0, functionError: undefined })
  },
)

describe.runIf(process.platform === 'linux')('the memory of the processes that a handler starts', () => {
  const grow = (megabytes: number) => `kept = b'x' * ${megabytes}_000_000; import time; time.sleep(60)`
  const python = { Runtime: 'python3.13', MemorySize: 128, Timeout: 20 } as const

  test('counts, and the largest process is killed', async () => {
    await using bench = await openBench()
    const target = await bench.target(
      {
        'index.py': `import subprocess, sys
def handler(event, context):
    return subprocess.run([sys.executable, '-c', event['code']]).returncode
`,
      },
      python,
    )
    expect(await bench.invoke(target, { code: grow(300) })).toMatchObject({
      payload: -9,
      logTail: containing('Max Memory Used: 128 MB'),
    })
    expect((await bench.invoke(target, { code: 'pass' })).payload).toBe(0)
  })

  test('is the memory of the runtime, too', async () => {
    await using bench = await openBench()
    const target = await bench.target(
      {
        'index.py': `import subprocess, sys, time
def handler(event, context):
    child = subprocess.Popen([sys.executable, '-c', event['code']])
    kept = b'x' * 80_000_000
    time.sleep(10)
`,
      },
      python,
    )
    expect(await bench.invoke(target, { code: grow(60) })).toMatchObject({
      payload: { errorType: 'Runtime.OutOfMemory' },
    })
  })

  test('counts once if forks share it', async () => {
    await using bench = await openBench()
    const target = await bench.target(
      {
        'index.py': `import os, time
kept = b'x' * 60_000_000
def handler(event, context):
    forks = []
    for _ in range(4):
        pid = os.fork()
        if pid == 0:
            time.sleep(1)
            os._exit(7)
        forks.append(pid)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in forks]
`,
      },
      python,
    )
    expect((await bench.invoke(target)).payload).toEqual([7, 7, 7, 7])
  })
})

test("a Node.js handler's heap may hold nine tenths of the memory", async () => {
  await using bench = await openBench()
  const files = { 'index.js': 'exports.handler = async () => process.execArgv[0]' }
  const target = await bench.target(files, { MemorySize: 1000 })
  expect((await bench.invoke(target)).payload).toBe('--max-old-space-size=900')
})

test('a response over 6 MB is refused, one at the limit is not', async () => {
  await using bench = await openBench()
  const target = await bench.target(code)
  expect(await bench.invoke(target, { size: 6_291_554 })).toMatchObject({ functionError: undefined })
  expect(await bench.invoke(target, { size: 6_291_555 })).toMatchObject({
    functionError: 'Unhandled',
    payload: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    },
  })
})

test('a runtime that the sandbox does not have fails by name', async () => {
  await using bench = await openBench()
  const target = await bench.target(code, { Runtime: 'java21' })
  expect(await bench.invoke(target)).toMatchObject({
    functionError: 'Unhandled',
    payload: {
      errorType: 'Runtime.InvalidRuntime',
      errorMessage: containing('has no java21'),
    },
  })
})

test('closing kills the environments, what they started, and running invocations', async () => {
  const bench = await openBench()
  const target = await bench.target({
    'index.js': `const { spawn } = require('node:child_process')
      exports.handler = async (event) => {
        if (event.wait) await new Promise((r) => setTimeout(r, 2500))
        return [process.pid, spawn('sleep', ['100'], { stdio: 'ignore' }).pid, process.env.HOME]
      }`,
  })
  const { payload } = await bench.invoke(target)
  const [pid, grandchild] = payload as [number, number, string]
  const running = bench.invoke(target, { wait: true })
  await bench[Symbol.asyncDispose]()
  expect(await running).toMatchObject({ payload: { errorType: 'Runtime.ExitError' } })
  await expect.poll(() => [pid, grandchild].filter(isAlive)).toEqual([])
  await expect(bench.invoke(target)).rejects.toThrow('The executor is closed.')
})

test('a handler that removes the files of its environment, or closes its stdout, harms no other', async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `const fs = require('node:fs')
      exports.handler = async (event) => {
        if (event.remove) {
          fs.rmSync(process.env.HOME + '/..', { recursive: true })
          process.exit(1)
        }
        if (event.close) fs.closeSync(1)
        console.log('still here')
        return 'answered'
      }`,
  })
  expect(await bench.invoke(target, { remove: true })).toMatchObject({
    payload: { errorType: 'Runtime.ExitError' },
  })
  expect(await bench.invoke(target, { close: true })).toMatchObject({ payload: 'answered' })
  expect(await bench.invoke(target)).toMatchObject({ payload: 'answered' })
})
