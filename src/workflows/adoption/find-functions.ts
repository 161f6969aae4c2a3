import { isDeepStrictEqual } from 'node:util'
import pLimit from 'p-limit'
import { isCode } from '../../errors/error.ts'
import type { FoundFunction } from '../../iac/found-function.ts'
import type { StackFunction } from '../../ports/stacks.ts'
import type { TaggedFunction } from '../../ports/tags.ts'
import type { Run } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/** The places where functions are looked for. */
export interface FunctionsToFind {
  /** Names in Lambda. */
  names: readonly string[]
  /** Of built outputs and source files. */
  outputs: readonly FoundFunction[]
  /** Names or ARNs of deployed stacks. */
  stacks: readonly string[]
  /** A function has to have all of them; empty: no function is looked for by its tags. */
  tags: Readonly<Record<string, string>>
  /** Whether nobody named a place: all functions of the account in the Region are meant. */
  isWhole: boolean
}

/** A function that is there, with all that is known of it. */
export interface LocatedCandidate extends FoundFunction {
  lambdaName: string
  /** Whether somebody named it by its name in Lambda, and so did not tell who makes it. */
  isNamed: boolean
}

/** The functions to choose from. */
export interface Candidates {
  /** Each once. */
  functions: LocatedCandidate[]
  /** The ids of functions of an output that are not deployed. */
  undeployed: string[]
}

/**
 * Finds functions by their names, and those of outputs, deployed stacks and tags; the name in Lambda of a function that
 * an output leaves open comes from its stack.
 *
 * @throws LambdactlError NOT_FOUND for a stack that is not there, NOT_PERMITTED
 */
export async function findFunctions(run: Run, wanted: FunctionsToFind): Promise<Candidates> {
  const names = wanted.isWhole ? await run.aws.functions.names() : wanted.names
  const named = names.map((name) => ({ logicalId: name, lambdaName: name, isNamed: true }))
  const stacks = await Promise.all(
    wanted.stacks.map(async (stack) =>
      (await ofStack(run, stack)).map((each) => ({ ...each, stack, isNamed: false })),
    ),
  )
  const outputs = await withNames(run, wanted)
  const tagged = Object.keys(wanted.tags).length > 0 ? await byTags(run, wanted.tags) : []
  const found = [
    ...outputs.functions,
    ...named,
    ...stacks.flat(),
    ...tagged.map(({ lambdaName, tags }) => {
      const logicalId = tags[logicalIdTag] ?? lambdaName
      return { logicalId, lambdaName, isNamed: false }
    }),
  ]
  const byName = new Map(found.toReversed().map((each) => [each.lambdaName, each]))
  return { ...outputs, functions: found.filter((each) => byName.get(each.lambdaName) === each) }
}

const stackTag = 'aws:cloudformation:stack-name'
const stackIdTag = 'aws:cloudformation:stack-id'
const logicalIdTag = 'aws:cloudformation:logical-id'

/** CloudFormation's own answer; where the caller may not ask for it, the functions' tags have the same. */
async function ofStack(run: Run, stack: string): Promise<StackFunction[]> {
  try {
    return await run.aws.stacks.functions(stack)
  } catch (error) {
    if (!isCode(error, 'NOT_PERMITTED')) throw error
    const found = await byTags(run, { [stack.startsWith('arn:') ? stackIdTag : stackTag]: stack })
    if (found.length === 0) throw error
    warn(
      run,
      { function: '' },
      `the functions of the stack ${stack} are read from their tags, since its resources can't be read`,
    )
    return found.map(({ lambdaName, tags }) => ({ lambdaName, logicalId: tags[logicalIdTag] ?? lambdaName }))
  }
}

/** Gives functions of outputs the names that their stacks know. One without a stack of its own has that of the stacks asked for. */
async function withNames(run: Run, { outputs, stacks: asked }: FunctionsToFind): Promise<Candidates> {
  const open = outputs.filter(({ lambdaName }) => lambdaName === undefined)
  const stacksOf = ({ stack, isDefaultStack }: FoundFunction) =>
    stack === undefined || (isDefaultStack === true && asked.length > 0) ? asked : [stack]
  const stacks = [...new Set(open.flatMap(stacksOf))]
  const known = new Map(
    await Promise.all(stacks.map(async (stack) => [stack, await ofStackIfThere(run, stack)] as const)),
  )
  const nameOf = (fn: FoundFunction) =>
    fn.lambdaName ??
    stacksOf(fn)
      .flatMap((stack) => known.get(stack) ?? [])
      .find((each) => isSame(each, fn))?.lambdaName
  const named = outputs.map((each) => ({ ...each, lambdaName: nameOf(each), isNamed: false }))
  return {
    functions: named.flatMap(({ lambdaName, ...each }) =>
      lambdaName === undefined ? [] : { ...each, lambdaName },
    ),
    undeployed: named.flatMap(({ lambdaName, logicalId }) => (lambdaName === undefined ? logicalId : [])),
  }
}

/** Two nested stacks may have the same ids. */
function isSame(there: StackFunction, { logicalId, nested = [] }: FoundFunction): boolean {
  return there.logicalId === logicalId && isDeepStrictEqual(there.nested ?? [], nested)
}

async function ofStackIfThere(run: Run, stack: string): Promise<StackFunction[]> {
  try {
    return await ofStack(run, stack)
  } catch (error) {
    if (isCode(error, 'NOT_FOUND')) return []
    throw error
  }
}

/** GetFunction, which tells tags too, has a quota of 100 calls a second. */
const atOnce = 16

/** The functions that have all these tags: as the tagging API tells, or else as each function does. */
async function byTags(run: Run, tags: FunctionsToFind['tags']): Promise<TaggedFunction[]> {
  const { functions, tags: tagging } = run.aws
  try {
    return await tagging.functions(tags)
  } catch (error) {
    if (!isCode(error, 'NOT_PERMITTED')) throw error
    const states = await pLimit(atOnce).map(await functions.names(), (name) => functions.get(name))
    const fits = (of: Readonly<Record<string, string>>) =>
      Object.entries(tags).every(([key, value]) => of[key] === value)
    return states.flatMap((state) =>
      state?.tags && fits(state.tags) ? { lambdaName: state.name, tags: state.tags } : [],
    )
  }
}
