import { readFile } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { configFileName, configNotFound } from './file/find-config.ts'
import { parseConfig } from './parse.ts'
import type { Config } from './service/config.ts'

/**
 * Reads and checks a configuration file.
 *
 * @throws LambdactlError CONFIG_NOT_FOUND, or CONFIG_INVALID with each problem on a line of its own
 */
export async function loadConfig(path: string): Promise<Config> {
  const absolute = resolve(path)
  return parseConfig(await readText(absolute), { path: absolute, shownAs: shownName(absolute) })
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') throw configNotFound(`There is no file ${path}.`)
    if (code === 'EISDIR') {
      throw new LambdactlError('CONFIG_INVALID', `Expected a configuration file, got a folder: ${path}.`, {
        next: [`Name the file in it: --config ${join(path, configFileName)}`],
      })
    }
    throw new LambdactlError('CONFIG_INVALID', `${path} can't be read: ${(cause as Error).message}.`, {
      cause,
    })
  }
}

/** Relative for a file nearby, so that editors and terminals link it; absolute for others. */
export function shownName(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') || isAbsolute(near) ? resolve(path) : near
}
