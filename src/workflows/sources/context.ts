import type { ResolvedFunction } from '../../config/types.ts'
import type { TriggerPlace, WantedTrigger } from '../../function/triggers/wanted.ts'
import { partitionOf } from '../../function/values/partition.ts'
import type { TriggerDifference } from '../../operation/triggers/wanted/difference.ts'
import { type OwnGrant, ownGrants } from '../../operation/triggers/wanted/statements.ts'
import type { Run, Target } from '../run/run.ts'

/** The facts that every kind of trigger is compared by. */
export interface TriggerContext {
  run: Run
  target: Target
  place: TriggerPlace
  /** False before the first release: then nothing invokes the alias yet. */
  isAliasThere: boolean
  /** The permissions on the alias that lambdactl made for triggers. */
  grants: readonly OwnGrant[]
  /** All triggers of the file. */
  triggers: readonly WantedTrigger[]
  /** The function's time-out, seconds; undefined if the file does not tell. */
  timeoutSeconds: number | undefined
}

/** Changes of triggers that are made together. */
export interface TriggerWork {
  differences: readonly TriggerDifference[]
  /** Whether it only takes away: such work comes after all other work. */
  removes: boolean
  /** The UUID of an event source mapping that it takes away. */
  mapping?: string
  apply: () => Promise<void>
}

/** The reason why a trigger of the file can't be applied. */
export interface TriggerProblem {
  /** Its name in the file. */
  trigger: string
  detail: string
  /** Commands that solve it. */
  next: readonly string[]
}

/** A source that is there, by its ARN, or the reason why it can't be used. */
export type FoundSource = { arn: string } | TriggerProblem

/** The result of comparing triggers with AWS. */
export interface Findings {
  works: TriggerWork[]
  problems: TriggerProblem[]
}

/** The parts of a function that its triggers need. */
export type Triggered = Pick<ResolvedFunction, 'triggers'> & Partial<Pick<ResolvedFunction, 'timeoutSeconds'>>

/** Compares one family of triggers with AWS. */
export type CompareTriggers<Wanted extends WantedTrigger> = (
  context: TriggerContext,
  wanted: readonly Wanted[],
) => Promise<Findings>

/** Reads the facts. */
export async function readContext(
  run: Run,
  target: Target,
  { timeoutSeconds, triggers = [] }: Triggered,
  isAliasThere: boolean,
): Promise<TriggerContext> {
  const { lambdaName, alias } = target
  const [grants, { account }, region] = await Promise.all([
    isAliasThere ? run.aws.triggers.grants(lambdaName, alias) : [],
    run.aws.identity.caller(),
    run.aws.identity.region(),
  ])
  const place = { partition: partitionOf(region), region, account, functionName: lambdaName, alias }
  return { run, target, place, isAliasThere, grants: ownGrants(grants), triggers, timeoutSeconds }
}
