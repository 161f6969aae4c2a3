import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepSecret } from '../../../src/cli/output/mask.ts'
import { runCommand } from '../../../src/cli/run/run-command.ts'
import type { Command } from '../../../src/ports/commands.ts'
import { findWall } from '../../../src/processes/wall.ts'
import { isAlive } from '../../sandbox/execution/processes.ts'
import { temporaryFolder } from '../service.ts'

const node = process.execPath
const isLinux = process.platform === 'linux'
const hasWall = (await findWall()) !== undefined

async function pidIn(file: string): Promise<number> {
  return Number(await readFile(file, 'utf8'))
}

/** Expects that a killed process is gone in a moment. */
async function expectGone(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid)).toBe(false)
}

/** Runs a program of Node's; arguments are given to it. */
function runScript(script: string, changed: Partial<Command> = {}, ...args: string[]) {
  return runCommand({
    args: [node, '-e', script, ...args],
    directory: process.cwd(),
    environment: {},
    timeoutMs: 60_000,
    signal: new AbortController().signal,
    ...changed,
  })
}

test.each([0, 1, 75, 255])('the exit code %i comes back', async (code) => {
  const { ending } = await runScript(`process.exit(${code})`)
  expect(ending).toEqual({ how: 'exited', code })
})

test('what both streams say comes back without control characters, the last 4 KB of it', async () => {
  const { output } = await runScript(
    String.raw`process.stdout.write('ü '.repeat(4000)); process.stderr.write('\x1b[31mred\x1b[0m\x07\tend\r\n')`,
  )
  expect(output).toMatch(/^[ü ]+red\tend\n$/)
  expect(Buffer.byteLength(output)).toBeGreaterThan(4000)
  expect(Buffer.byteLength(output)).toBeLessThanOrEqual(4096)
})

test('secrets in it are masked, since a hook says them to the journal and the alias', async () => {
  keepSecret('open sesame')
  const { output } = await runScript("console.log('401 for open sesame')")
  expect(output).toBe('401 for ***\n')
})

test('megabytes of output neither block the program nor are they kept', async () => {
  const { ending, output } = await runScript(
    `const part = 'x '.repeat(5e5); for (let nth = 0; nth < 20; nth += 1) process.stdout.write(part); process.stdout.write('last')`,
  )
  expect(ending).toEqual({ how: 'exited', code: 0 })
  // A word that was cut in two is left out.
  expect(output.length).toBeGreaterThan(4090)
  expect(output.length).toBeLessThanOrEqual(4096)
  expect(output.endsWith('x last')).toBe(true)
})

test('no shell reads the arguments', async () => {
  const { output } = await runScript('console.log(...process.argv.slice(1))', {}, '$HOME', '; exit 3', '*')
  expect(output).toBe('$HOME ; exit 3 *\n')
})

test('it runs in its folder, with its own environment on top of the process', async () => {
  const directory = await temporaryFolder()
  const { output } = await runScript('console.log(process.cwd(), process.env.FACT, process.env.PATH)', {
    directory,
    environment: { FACT: 'known' },
  })
  expect(output).toBe(`${directory} known ${process.env['PATH']}\n`)
})

test('nothing comes from stdin', async () => {
  const { output } = await runScript(`process.stdin.on('end', () => console.log('nothing')).resume()`)
  expect(output).toBe('nothing\n')
})

test.each([
  ['there is no such program', { args: ['no-such-program', 'secret'] }, 'no-such-program: ENOENT'],
  ['it is no program', { args: [import.meta.filename] }, `${import.meta.filename}: EACCES`],
  ['its folder is gone', { directory: '/no/such/folder' }, `${node}: ENOENT`],
  ['its argument can not be given', { args: [node, 'a\0b'] }, `${node}: ERR_INVALID_ARG_VALUE`],
])('that it could not be started says why: %s', async (_, changed, reason) => {
  const { ending } = await runScript('', changed)
  expect(ending).toEqual({ how: 'not-started', reason })
})

test('a program that a signal ended says which', async () => {
  const { ending } = await runScript(`process.kill(process.pid, 'SIGKILL')`)
  expect(ending).toEqual({ how: 'killed', signal: 'SIGKILL' })
})

/** Starts a child that writes its process id into a file, and then does as `script` says. */
function withChild(file: string, childScript: string, script: string): string {
  const child = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); ${childScript}`
  return `
    const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' })
    const wait = setInterval(() => {
      if (!require('node:fs').existsSync(${JSON.stringify(file)})) return
      clearInterval(wait)
      ${script}
    }, 10)`
}

const forEver = 'setInterval(() => {}, 1000)'
const stubborn = `process.on('SIGTERM', () => {}); ${forEver}`

test('what a program started and left behind is gone when it has ended', async () => {
  const file = join(await temporaryFolder(), 'pid')
  const { ending } = await runScript(withChild(file, stubborn, 'process.exit(0)'))
  expect(ending).toEqual({ how: 'exited', code: 0 })
  await expectGone(await pidIn(file))
})

test('a time-out ends the program with all that it started', async () => {
  const file = join(await temporaryFolder(), 'pid')
  const { ending, output } = await runScript(withChild(file, forEver, `console.log('busy'); ${forEver}`), {
    timeoutMs: 3000,
  })
  expect(ending).toEqual({ how: 'timed-out' })
  expect(output).toBe('busy\n')
  await expectGone(await pidIn(file))
})

/** Starts a program with a child, and stops it once both are there. */
async function stopped(childScript: string, script: string) {
  const folder = await temporaryFolder()
  const [file, ready] = [join(folder, 'pid'), join(folder, 'ready')]
  const stopper = new AbortController()
  const started = `${script}; require('node:fs').writeFileSync(${JSON.stringify(ready)}, '')`
  const running = runScript(withChild(file, childScript, started), { signal: stopper.signal })
  await expect.poll(() => existsSync(ready), { timeout: 10_000 }).toBe(true)
  stopper.abort()
  const result = await running
  await expectGone(await pidIn(file))
  return result
}

test('so does its signal; the program is asked first, and may say a last word', async () => {
  const lastWord = `process.on('SIGTERM', () => { console.log('bye'); process.exit(0) }); ${forEver}`
  expect(await stopped(forEver, lastWord)).toEqual({ ending: { how: 'stopped' }, output: 'bye\n' })
})

test('what does not listen is killed after a while', { timeout: 30_000 }, async () => {
  expect(await stopped(stubborn, stubborn)).toEqual({ ending: { how: 'stopped' }, output: '' })
})

test('one that was stopped before it began is not started', async () => {
  const { ending } = await runScript('', { signal: AbortSignal.abort() })
  expect(ending).toEqual({ how: 'stopped' })
})

test.runIf(isLinux)('a program that left the group, with the output open, is gone too', async () => {
  const file = join(await temporaryFolder(), 'pid')
  const child = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setTimeout(() => {}, 30000)`
  const { ending, output } = await runScript(`
    const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit', detached: true })
    const wait = setInterval(() => {
      if (!require('node:fs').existsSync(${JSON.stringify(file)})) return
      console.log('left')
      process.exit(0)
    }, 10)`)
  await expectGone(await pidIn(file))
  expect(ending).toEqual({ how: 'exited', code: 0 })
  expect(output).toBe('left\n')
})

test.runIf(isLinux)('so is one of a program that was to be apart, also without its variables', async () => {
  const folder = await temporaryFolder()
  const file = join(folder, 'pid')
  const child = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); ${stubborn}`
  const options = `{ stdio: 'ignore', detached: true, env: ${hasWall ? '{}' : 'process.env'} }`
  const script = `
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], ${options})
    const wait = setInterval(() => require('node:fs').existsSync(${JSON.stringify(file)}) && process.exit(0), 10)`
  const { ending } = await runScript(script, { isolated: true })
  expect(ending).toEqual({ how: 'exited', code: 0 })
  await expectGone(await pidIn(file))
})
