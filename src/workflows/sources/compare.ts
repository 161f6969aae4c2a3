import type { TriggerKind, WantedTrigger } from '../../function/triggers/wanted.ts'
import type { Run, Target } from '../run/run.ts'
import {
  type CompareTriggers,
  type Findings,
  readContext,
  type TriggerContext,
  type Triggered,
} from './context.ts'
import { compareGranted, type GrantedKind } from './granted.ts'
import { apiKind } from './kinds/apis.ts'
import { bucketKind } from './kinds/buckets.ts'
import { compareMappings } from './kinds/mappings.ts'
import { comparePermissions } from './kinds/permissions.ts'
import { ruleKind } from './kinds/rules.ts'
import { compareStateMachines } from './kinds/state-machines.ts'
import { topicKind } from './kinds/topics.ts'

/** The kinds of triggers that are compared together. */
interface Family {
  kinds: readonly TriggerKind[]
  compare: CompareTriggers<never>
}

const families: readonly Family[] = [
  { kinds: ['sqs', 'kinesis', 'dynamodb'], compare: compareMappings },
  granted(bucketKind),
  granted(topicKind),
  granted(ruleKind),
  granted(apiKind),
  { kinds: ['stepFunctions'], compare: compareStateMachines },
  { kinds: ['permission'], compare: comparePermissions },
]

function granted<Wanted extends WantedTrigger>(kind: GrantedKind<Wanted>): Family {
  return {
    kinds: kind.kinds,
    compare: (context: TriggerContext, wanted: readonly Wanted[]) => compareGranted(kind, context, wanted),
  }
}

/**
 * Compares the triggers of the file with AWS. Changes nothing.
 *
 * @param fn without `triggers` nothing is read
 */
export async function compareTriggers(
  run: Run,
  target: Target,
  fn: Triggered,
  isAliasThere: boolean,
): Promise<Findings> {
  const { triggers } = fn
  if (!triggers || (triggers.length === 0 && !isAliasThere)) return { works: [], problems: [] }
  const context = await readContext(run, target, fn, isAliasThere)
  const found = await Promise.all(
    families.map(({ kinds, compare }) => {
      const wanted = triggers.filter(({ kind }) => kinds.includes(kind))
      // Each family gets triggers of its own kinds only.
      return (compare as CompareTriggers<WantedTrigger>)(context, wanted)
    }),
  )
  return {
    works: inOrder(found.flatMap(({ works }) => works)),
    problems: found.flatMap(({ problems }) => problems),
  }
}

/** Additions come first: then no event is lost where one takes another's place. */
function inOrder(works: Findings['works']): Findings['works'] {
  return [...works.filter(({ removes }) => !removes), ...works.filter(({ removes }) => removes)]
}
