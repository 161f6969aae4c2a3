import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FoundFunction } from '../found-function.ts'
import { textOf, valueIn } from '../json.ts'

type DefaultStack = Pick<FoundFunction, 'stack' | 'region' | 'isDefaultStack'>

/** The stack that `sam deploy` makes from a project by default, as its samconfig.toml says; empty without one. */
export async function stackOfProject(folder: string): Promise<DefaultStack> {
  const text = await readFile(join(folder, 'samconfig.toml'), 'utf8').catch(() => undefined)
  if (text === undefined) return {}
  const config = await readable(text)
  const [stack, region] = [valueOf(config, 'stack_name'), valueOf(config, 'region')]
  if (stack === undefined && region === undefined) return {}
  return {
    isDefaultStack: true,
    ...(stack !== undefined && { stack }),
    ...(region !== undefined && { region }),
  }
}

/** A parameter of `sam deploy`, which wins, or of all commands. */
function valueOf(config: unknown, name: string): string | undefined {
  const of = (command: string) => textOf(valueIn(config, 'default', command, 'parameters', name))
  return of('deploy') ?? of('global')
}

/** SAM refuses a file that is no TOML by itself; here it only tells nothing. */
async function readable(text: string): Promise<unknown> {
  const { parse } = await import('smol-toml')
  try {
    return parse(text)
  } catch {
    return undefined
  }
}
