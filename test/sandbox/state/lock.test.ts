import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockDirectory } from '../../../src/sandbox/state/lock.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'lock-'))
})
afterEach(() => rm(directory, { recursive: true }))

const lockFile = () => path.join(directory, 'lock')

/** The id of a process that was and is no more. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'exit')
  if (child.pid === undefined) throw new Error('no process was started')
  return child.pid
}

test('a folder has one holder at a time', async () => {
  const lock = await lockDirectory(directory)
  await expect(lockDirectory(directory)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: `Another sandbox (process ${process.pid}) keeps its state in ${directory}.`,
  })
  await lock.release()
  expect(await readdir(directory)).toEqual([])
  await (await lockDirectory(directory)).release()
})

test('a folder that is missing is made', async () => {
  const lock = await lockDirectory(path.join(directory, 'deep', 'down'))
  expect(await readdir(path.join(directory, 'deep', 'down'))).toEqual(['lock'])
  await lock.release()
})

test('a running process keeps its folder', async () => {
  await writeFile(lockFile(), `${process.ppid}\n`)
  await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await readFile(lockFile(), 'utf8')).toBe(`${process.ppid}\n`)
})

test('the lock of a process that is gone is taken over', async () => {
  await writeFile(lockFile(), `${await deadProcess()}\n`)
  const lock = await lockDirectory(directory)
  expect(await readFile(lockFile(), 'utf8')).toBe(`${process.pid}\n`)
  await lock.release()
})

test('a lock with our own id that we do not hold, as after a restart in a container, is taken over', async () => {
  await writeFile(lockFile(), `${process.pid}\n`)
  const lock = await lockDirectory(directory)
  await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'CONFLICT' })
  await lock.release()
})

test('a folder that cannot be written to is named', async () => {
  await writeFile(path.join(directory, 'file'), '')
  await expect(lockDirectory(path.join(directory, 'file'))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('The sandbox cannot keep its state in ') as string,
  })
})
