import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { found, leftCode } from '../cloudformation/found.ts'
import type { FoundFunction, LeftOut } from '../found-function.ts'
import type { OutputReader } from '../output-reader.ts'
import { adviceFor } from './advice.ts'
import { isAssembly } from './assembly.ts'
import { type CdkFunction, cdkFunctions, partOf } from './cdk-functions.ts'
import { toAliasOf } from './to-alias.ts'

/** Reads the output of `cdk synth`. */
export const cdkOutput: OutputReader = {
  reads: 'the folder cdk.out',
  read: async (path, shownAs) => {
    if (!(await isAssembly(path))) return undefined
    const all = await cdkFunctions(path)
    const [helpers, own] = [all.filter(isHelper), all.filter((fn) => !isHelper(fn))]
    return {
      tool: 'CDK',
      functions: own.map((fn) => foundIn(path, shownAs, { fn, stack: shortNameOf(fn, all) })),
      left: helpers.map((fn) => leftHelper(fn, shownAs)),
    }
  },
}

/** The CDK makes functions for its own work: with a hash of 32 digits in their ids, or for custom resources. */
function isHelper({ logicalId }: CdkFunction): boolean {
  return /[0-9a-f]{32}|CustomResourceProviderHandler|framework(onEvent|isComplete|onTimeout)/i.test(logicalId)
}

function leftHelper({ logicalId }: CdkFunction, file: string): LeftOut {
  return { what: logicalId, file, why: 'it is a function of the CDK itself, and belongs to no release' }
}

/** The stack's name, or its path in the app if several stacks have that name. */
function shortNameOf({ stack }: CdkFunction, all: readonly CdkFunction[]): string {
  const paths = all.map((fn) => fn.stack).filter(({ name }) => name === stack.name)
  return new Set(paths.map(({ path }) => path)).size === 1 ? stack.name : stack.path
}

function foundIn(
  folder: string,
  shownAs: string,
  { fn, stack }: { fn: CdkFunction; stack: string },
): FoundFunction {
  const { name, account, region } = fn.stack
  const { left = [], ...code } =
    fn.asset === undefined
      ? leftCode(fn, shownAs)
      : { source: { path: folder, part: partOf(fn, stack) }, build: synthFor(folder) }
  const all = [...left, ...adviceFor(fn, shownAs)]
  const toAlias = toAliasOf(fn, shownAs)
  return {
    ...found(fn),
    stack: name,
    ...(fn.nested.length > 0 && { nested: fn.nested }),
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    ...code,
    ...(all.length > 0 && { left: all }),
    ...(toAlias.length > 0 && { toAlias }),
  }
}

/** The app is where its cdk.json is. */
function synthFor(folder: string): NonNullable<FoundFunction['build']> {
  const app = appOf(dirname(folder)) ?? dirname(folder)
  const output = relative(app, folder).split(sep).join('/')
  const synth = ['npx', 'cdk', 'synth', '--quiet']
  return { run: output === 'cdk.out' ? synth : [...synth, '--output', output], in: app }
}

function appOf(folder: string): string | undefined {
  if (existsSync(join(folder, 'cdk.json'))) return folder
  return dirname(folder) === folder ? undefined : appOf(dirname(folder))
}
