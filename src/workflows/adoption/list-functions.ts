import pLimit from 'p-limit'
import { isCode, type LambdactlError } from '../../errors/error.ts'
import { counted } from '../../gates/comparison/words.ts'
import type { ListedFunction } from '../../ports/functions.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import { interrupted, type Run } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { findFunctions } from './find-functions.ts'

/** A function of the account. */
export interface AccountFunction extends ListedFunction {
  /** Undefined if the caller may not list them. */
  aliases: readonly Pick<AliasState, 'name' | 'version' | 'weight'>[] | undefined
  /** Its name in lambdactl.yaml; absent if the file does not have it in this environment. */
  knownAs?: string
  /** The aliases that carry a release record of lambdactl. */
  released: readonly string[]
}

/** The functions of an account in a Region. */
export interface AccountList {
  /** By name. */
  functions: readonly AccountFunction[]
  /** All functions of the account in the Region, also those that were not asked for. */
  total: number
  /** Functions of lambdactl.yaml that are not there; empty if only some functions were asked for. */
  missing: readonly string[]
}

/** The functions that a person asks for. */
export interface Wanted {
  /** The begin of their names; undefined: any. */
  prefix: string | undefined
  /** A function has to have all of them; empty: any. */
  tags: Readonly<Record<string, string>>
  /** The functions of lambdactl.yaml, by their names in Lambda. */
  known: ReadonlyMap<string, string>
}

/** The number of calls at a time: enough to use the 15 a second. */
const width = 8

/**
 * Lists the functions of the account in the Region, with their aliases: one call for each function.
 *
 * @param onProgress is called with the number of functions whose aliases are read, and of all
 * @throws LambdactlError NOT_PERMITTED, INTERRUPTED
 */
export async function listFunctions(
  run: Run,
  wanted: Wanted,
  onProgress: (done: number, total: number) => void,
): Promise<AccountList> {
  const all = await run.aws.functions.all()
  const tagged = await withTags(run, wanted.tags)
  const { prefix = '', known } = wanted
  const chosen = all
    .filter(({ name }) => name.startsWith(prefix) && (tagged?.has(name) ?? true))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  let done = 0
  const refused: Refused[] = []
  const functions = await pLimit(width).map(chosen, async (each) => {
    if (run.signal.aborted) throw interrupted()
    const aliases = await aliasesOf(run, each.name, refused)
    onProgress((done += 1), chosen.length)
    return described(each, aliases, known.get(each.name))
  })
  tellRefused(run, refused)
  const there = new Set(all.map(({ name }) => name))
  const isWhole = tagged === undefined && prefix === ''
  const missing = isWhole ? [...known].flatMap(([name, own]) => (there.has(name) ? [] : [own])) : []
  return { functions, total: all.length, missing }
}

function described(
  each: ListedFunction,
  aliases: readonly AliasState[] | undefined,
  knownAs: string | undefined,
): AccountFunction {
  return {
    ...each,
    aliases: aliases?.map(({ name, version, weight }) => ({ name, version, ...(weight && { weight }) })),
    ...(knownAs !== undefined && { knownAs }),
    released: (aliases ?? []).flatMap(({ name, description }) => (parseRecord(description) ? [name] : [])),
  }
}

/** Undefined without tags. */
async function withTags(run: Run, tags: Wanted['tags']): Promise<ReadonlySet<string> | undefined> {
  if (Object.keys(tags).length === 0) return undefined
  const { functions } = await findFunctions(run, { names: [], outputs: [], stacks: [], isWhole: false, tags })
  return new Set(functions.map(({ lambdaName }) => lambdaName))
}

/** A function whose aliases the caller may not list, as of another team. */
interface Refused {
  name: string
  error: LambdactlError
}

async function aliasesOf(run: Run, name: string, refused: Refused[]): Promise<AliasState[] | undefined> {
  try {
    return await run.aws.aliases.list(name)
  } catch (error) {
    if (isCode(error, 'NOT_PERMITTED')) refused.push({ name, error })
    // It was deleted meanwhile.
    else if (!isCode(error, 'NOT_FOUND')) throw error
    return undefined
  }
}

function tellRefused(run: Run, refused: readonly Refused[]): void {
  const [first] = refused
  if (!first) return
  const text = `The aliases of ${counted(refused.length, 'function')} are unknown. ${first.error.message}`
  warn(run, { function: first.name }, text)
}
