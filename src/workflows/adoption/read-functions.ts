import pLimit from 'p-limit'
import type { Manages } from '../../config/function/manages.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { ownerOf } from '../../release/values/owner.ts'
import { type ChosenAlias, chooseAlias, commonAlias, type WantedAlias } from '../alias/choose-alias.ts'
import type { Run } from '../run/run.ts'

/** A function to take on, as far as its caller knows it. */
export interface WantedFunction {
  lambdaName: string
  /** Undefined: `code` if its tags tell of another owner. */
  manages?: Manages | undefined
  /** Whether it is left out if it is not there; else that is an error. */
  isOptional?: boolean
}

/** A function as AWS has it. */
export interface ReadFunction<Wanted extends WantedFunction = WantedFunction> {
  wanted: Wanted
  manages: Manages
  /** The tool that makes it, by its tags. */
  owner: string | undefined
  latest: FunctionState
  /** The alias's version; $LATEST without an alias. Of another tool's function it is not read. */
  serving: FunctionState
  alias: ChosenAlias
}

/** Enough to use the quota of 15 calls a second, for aliases, to the full. */
const atOnce = 8

/** The functions that are there. */
interface FunctionsRead<Wanted extends WantedFunction> {
  functions: ReadFunction<Wanted>[]
  /** The optional ones that are not there. */
  missing: Wanted[]
}

/**
 * Reads functions with the alias that they have in common.
 *
 * @throws LambdactlError NOT_FOUND for one that is not there, USAGE for aliases that an environment can't have,
 * NOT_PERMITTED for variables that can't be read
 */
export async function readFunctions<Wanted extends WantedFunction>(
  run: Run,
  functions: readonly Wanted[],
  alias: WantedAlias,
): Promise<FunctionsRead<Wanted>> {
  const limit = pLimit(atOnce)
  const read = await limit.map(functions, async (wanted) => {
    const { lambdaName } = wanted
    const latest = await run.aws.functions.get(lambdaName)
    if (latest) return { wanted, latest, aliases: await run.aws.aliases.list(lambdaName) }
    if (wanted.isOptional) return undefined
    throw notThere(lambdaName)
  })
  const found = read.filter((each) => each !== undefined)
  if (found.length === 0) throw notThere(functions.map(({ lambdaName }) => lambdaName).join(', '))
  const asked = {
    ...alias,
    asked:
      alias.asked ??
      commonAlias(
        found.map(({ aliases }) => aliases),
        alias,
      ),
  }
  const missing = functions.filter((_, at) => read[at] === undefined)
  return { functions: await limit.map(found, (each) => readServing(run, each, asked)), missing }
}

interface Found<Wanted> {
  wanted: Wanted
  latest: FunctionState
  aliases: readonly AliasState[]
}

async function readServing<Wanted extends WantedFunction>(
  run: Run,
  { wanted, latest, aliases }: Found<Wanted>,
  asked: WantedAlias,
): Promise<ReadFunction<Wanted>> {
  const { lambdaName } = wanted
  const alias = chooseAlias(lambdaName, aliases, asked)
  const owner = ownerOf(latest.tags)
  const manages = wanted.manages ?? (owner === undefined ? 'function' : 'code')
  const read = { wanted, manages, owner, latest, alias }
  if (manages === 'code')
    return { ...read, serving: { ...latest, version: alias.state?.version ?? '$LATEST' } }
  const serving = alias.state ? await run.aws.functions.get(lambdaName, alias.state.version) : latest
  if (!serving) throw notThere(`${lambdaName}:${alias.state?.version}`)
  requireReadable(lambdaName, serving)
  return { ...read, serving }
}

function requireReadable(lambdaName: string, { hiddenVariables }: FunctionState): void {
  if (hiddenVariables === undefined) return
  throw new LambdactlError(
    'NOT_PERMITTED',
    `The environment variables of ${lambdaName} can't be read: ${hiddenVariables}`,
    { next: ["Have kms:Decrypt granted on the function's key, then run the command again."] },
  )
}

function notThere(what: string): LambdactlError {
  return new LambdactlError('NOT_FOUND', `The function ${what} does not exist here.`, {
    next: ['Check its name, the Region and the account, or have its tool make it first.'],
  })
}
