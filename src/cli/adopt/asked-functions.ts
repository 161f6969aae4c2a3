import { resolve } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import type { FoundFunction, FoundOutput, LeftOut } from '../../iac/found-function.ts'
import { readOutput } from '../../iac/read-output.ts'
import type { FunctionsToFind } from '../../workflows/adoption/find-functions.ts'

/** The flags of `init` that say where functions are looked for. */
export interface SourceFlags {
  from: readonly string[] | undefined
  'from-stack': readonly string[] | undefined
  'from-tag': readonly string[] | undefined
}

/** A function of an output. */
export interface OutputFunction extends FoundFunction {
  /** The output, as a person named it. */
  file: string
}

/** The places where functions are looked for, and all that outputs have beside functions. */
export interface AskedFunctions {
  wanted: Omit<FunctionsToFind, 'outputs'>
  outputs: readonly OutputFunction[]
  left: readonly LeftOut[]
}

/**
 * Reads the outputs among the flags.
 *
 * @throws LambdactlError USAGE, CONFIG_INVALID
 */
export async function askedFunctions({
  from: named = [],
  'from-stack': stacks = [],
  'from-tag': tags = [],
}: SourceFlags): Promise<AskedFunctions> {
  const found: (FoundOutput & { file: string })[] = []
  for (const file of named)
    if (!isFunctionName(file)) found.push({ ...(await readOutput(resolve(file), file)), file })
  return {
    wanted: {
      names: named.filter(isFunctionName),
      stacks,
      isWhole: named.length + stacks.length + tags.length === 0,
      tags: Object.fromEntries(tags.map((text) => tagOf(text, '--from-tag'))),
    },
    outputs: found.flatMap(({ functions, file }) => functions.map((each) => ({ ...each, file }))),
    left: found.flatMap(({ left }) => left),
  }
}

/** Everything else is a path: `./checkout` is one, and `checkout` is not. */
function isFunctionName(from: string): boolean {
  return /^[a-zA-Z0-9_-]{1,64}$/.test(from)
}

/** @param flag that has it */
export function tagOf(text: string, flag: string): [key: string, value: string] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (key !== undefined && value !== undefined) return [key, value]
  throw new LambdactlError('USAGE', `Expected KEY=VALUE for ${flag}, got ${JSON.stringify(text)}.`)
}
