import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConfig } from '../../src/config/file/find-config.ts'
import { loadConfig } from '../../src/config/load.ts'

let directory: string
beforeEach(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), 'lambdactl-config-')))
})
afterEach(() => rm(directory, { recursive: true }))

test('the configuration is found in a folder above', async () => {
  const path = join(directory, 'lambdactl.yaml')
  await writeFile(path, 'service: shop\nfunctions: {}\nenvironments: {}\n')
  await mkdir(join(directory, 'functions/checkout'), { recursive: true })
  expect(await findConfig(join(directory, 'functions/checkout'))).toBe(path)
  expect(await loadConfig(path)).toMatchObject({ service: 'shop', directory })
})

test('where there is none, the error says where it looked and how to start', async () => {
  await expect(findConfig(directory)).rejects.toMatchObject({
    code: 'CONFIG_NOT_FOUND',
    message: `There is no lambdactl.yaml in ${directory} or any folder above it.`,
    next: ["Go to the service's folder, or run `lambdactl init` to start one."],
  })
})

test('a file that is named but not there is not found', async () => {
  const path = join(directory, 'other.yaml')
  await expect(loadConfig(path)).rejects.toMatchObject({
    code: 'CONFIG_NOT_FOUND',
    message: `There is no file ${path}.`,
  })
})

test('a folder in place of the file is invalid, and the file in it is named', async () => {
  await expect(loadConfig(directory)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `Expected a configuration file, got a folder: ${directory}.`,
    next: [`Name the file in it: --config ${join(directory, 'lambdactl.yaml')}`],
  })
})

test('a file elsewhere is called by its absolute path, one at hand by its relative path', async () => {
  const path = join(directory, 'lambdactl.yaml')
  await writeFile(path, 'service: 3\nfunctions: {}\nenvironments: {}\n')
  const message = 'service: expected a name of letters, digits, - and _, got 3.'
  await expect(loadConfig(path)).rejects.toMatchObject({ message: `${path}:1:10 ${message}` })
  const before = process.cwd()
  process.chdir(directory)
  try {
    await expect(loadConfig(path)).rejects.toMatchObject({ message: `lambdactl.yaml:1:10 ${message}` })
  } finally {
    process.chdir(before)
  }
})
