import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Closers } from '../../../src/sandbox/closers.ts'
import { claimState } from '../../../src/sandbox/state/claim.ts'

let directory: string
const closers: Closers = []
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'lock-'))
})
afterEach(async () => {
  await release()
  await rm(directory, { recursive: true })
})

const claim = (folder = directory) => claimState(folder, closers)

async function release(): Promise<void> {
  for (const closer of closers.splice(0).toReversed()) await closer()
}

const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8)

test('a folder has one holder at a time', async () => {
  await claim()
  await expect(claim()).rejects.toMatchObject({
    code: 'CONFLICT',
    message: `Another sandbox (process ${process.pid}) keeps its state in ${directory}.`,
  })
  await release()
  expect(await readdir(directory)).not.toContain('lock')
  await claim()
})

test('what a holder that is gone left behind does not matter, even where its id is somebody else’s now', async () => {
  await claim()
  await release()
  await writeFile(path.join(directory, 'lock'), `${process.ppid}\n`)
  expect((await claim()).directory).toBe(directory)
})

/** Claims each folder that a line names, says how it went, and holds what it has until its stdin ends. */
const claimer = `
const { createInterface } = await import('node:readline')
const { claimState } = await import(${JSON.stringify(path.resolve('src/sandbox/state/claim.ts'))})
const held = []
console.log('ready')
for await (const folder of createInterface({ input: process.stdin })) {
  console.log(await claimState(folder, held).then(() => 'owner', (error) => error.code === 'CONFLICT' ? error.code : String(error.message)))
}
process.exit()
`

async function startClaimer() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', claimer], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async () => (await lines.next()).value as string
  expect(await answer()).toBe('ready')
  return { child, answer }
}

test('of many that come at once there is one owner, each time', async () => {
  const claimers = await Promise.all(Array.from({ length: 5 }, startClaimer))
  for (let round = 0; round < 30; round++) {
    for (const { child } of claimers) child.stdin.write(`${path.join(directory, String(round))}\n`)
    const answers = await Promise.all(claimers.map(({ answer }) => answer()))
    expect(answers.toSorted()).toEqual([...Array<string>(4).fill('CONFLICT'), 'owner'])
  }
  for (const { child } of claimers) child.stdin.end()
  await Promise.all(claimers.map(({ child }) => once(child, 'exit')))
})

describe.runIf(process.platform !== 'win32')('other users', () => {
  test.each([0o000, 0o022, 0o777])('see nothing of a new folder, with the umask %i', async (mask) => {
    const before = process.umask(mask)
    const folder = path.join(directory, 'deep', 'down')
    try {
      await mkdir(path.dirname(folder), { mode: 0o700 })
      await chmod(path.dirname(folder), 0o700)
      await claim(folder)
    } finally {
      process.umask(before)
    }
    expect(await modeOf(folder)).toBe('700')
    for (const name of ['state.db', 'state.db-wal', 'lock.db']) {
      expect([name, await modeOf(path.join(folder, name))]).toEqual([name, '600'])
    }
  })

  test('are shut out of a folder that is empty or the sandbox’s own', async () => {
    await chmod(directory, 0o755)
    await claim()
    expect(await modeOf(directory)).toBe('700')
    await release()
    await chmod(directory, 0o755)
    await chmod(path.join(directory, 'state.db'), 0o644)
    await claim()
    expect([await modeOf(directory), await modeOf(path.join(directory, 'state.db'))]).toEqual(['700', '600'])
  })

  test('keep what else is in a folder: it is refused while they can look into it', async () => {
    await writeFile(path.join(directory, 'README'), '')
    await chmod(directory, 0o755)
    await expect(claim()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('it holds other things too (README)') as string,
      next: [expect.any(String), `Or close this one: chmod 700 ${directory}`],
    })
    expect([await modeOf(directory), await readdir(directory)]).toEqual(['755', ['README']])
    await chmod(directory, 0o700)
    await claim()
  })
})

test('a folder that cannot be written to is named', async () => {
  await writeFile(path.join(directory, 'file'), '')
  await expect(claim(path.join(directory, 'file'))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('The sandbox cannot keep its state in ') as string,
  })
})
