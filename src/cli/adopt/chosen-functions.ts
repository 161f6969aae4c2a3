import { matchesGlob } from 'node:path'
import type { Manages } from '../../config/function/manages.ts'
import type { LocatedEnvironment } from '../../config/service/locate.ts'
import { LambdactlError } from '../../errors/error.ts'
import { firstNames } from '../../errors/first-few.ts'
import type { LeftOut } from '../../iac/found-function.ts'
import type { LocatedCandidate } from '../../workflows/adoption/find-functions.ts'

/** More names than a person reads in a sentence. */
const mostNames = 20

/**
 * The functions that `--function` names by their id or their name in Lambda, which may be patterns; all without names.
 *
 * @throws LambdactlError NOT_FOUND for a name that fits none
 */
export function chosenFunctions(
  functions: readonly LocatedCandidate[],
  names: readonly string[],
): readonly LocatedCandidate[] {
  for (const name of names) {
    if (functions.some((each) => fits(name, each))) continue
    const there = functions.map(shownCandidate)
    throw new LambdactlError('NOT_FOUND', `No function fits --function ${name}.`, {
      next: [`Choose among these: ${firstNames(there, mostNames)}.`],
    })
  }
  return names.length === 0 ? functions : functions.filter((each) => names.some((name) => fits(name, each)))
}

function fits(name: string, { logicalId, lambdaName }: LocatedCandidate): boolean {
  return [logicalId, lambdaName].some((own) => own === name || matchesGlob(own, name))
}

/** A function for a person: `Pay (shop-prod-Pay-7Yj3)`. */
export function shownCandidate({ logicalId, lambdaName }: LocatedCandidate): string {
  return logicalId === lambdaName ? lambdaName : `${logicalId} (${lambdaName})`
}

/**
 * The numbers that a person typed, as in `1 3-5`; all for an empty line.
 *
 * @param count of the functions, numbered from 1
 * @returns positions from 0; undefined for anything else
 */
export function numbersIn(typed: string, count: number): number[] | undefined {
  const words = typed.split(/[\s,]+/).filter((word) => word !== '')
  const all = Array.from({ length: count }, (_, at) => at)
  if (words.length === 0) return all
  const ranges = words.map((word) => /^(\d+)(?:-(\d+))?$/.exec(word))
  const wanted = new Set<number>()
  for (const range of ranges) {
    const [from, to] = [Number(range?.[1]), Number(range?.[2] ?? range?.[1])]
    if (!(from >= 1 && to >= from && to <= count)) return undefined
    for (let number = from; number <= to; number += 1) wanted.add(number - 1)
  }
  return all.filter((at) => wanted.has(at))
}

/** Divides functions into those that the environment has already, which need no question to AWS, and new ones. */
export function newFunctions(
  chosen: readonly LocatedCandidate[],
  { functions }: Pick<LocatedEnvironment, 'functions'>,
): { fresh: readonly LocatedCandidate[]; known: string[] } {
  const here = new Map(functions.map(({ name, lambdaName }) => [lambdaName, name]))
  return {
    fresh: chosen.filter(({ lambdaName }) => !here.has(lambdaName)),
    known: chosen.flatMap(({ lambdaName }) => here.get(lambdaName) ?? []),
  }
}

/**
 * All that the file can't say, and what to change in the tool; settings stay with the tool where lambdactl manages the
 * code alone.
 */
export function leftOf(chosen: readonly LocatedCandidate[], manages: Manages | undefined): LeftOut[] {
  const isMeant = ({ fields }: LocatedCandidate) => fields === undefined || manages === 'function'
  const left = chosen.flatMap((each) => each.left?.filter(({ isAdvice }) => isAdvice || isMeant(each)) ?? [])
  // AWS gives the values that a source file leaves open.
  return left.flatMap(({ isDeployed, isAdvice: _, ...each }) =>
    isDeployed && manages === 'function' ? [] : [each],
  )
}
