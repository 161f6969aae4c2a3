import { isOf } from '../../logs/lines/stream-name.ts'
import type { LogEvent } from '../../logs/model/event.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Notice } from './notice.ts'
import { isCurable, type Tailing } from './patient-pages.ts'

/** A function whose lines are wanted. */
export interface Source {
  /** The name under which it is shown: that of `lambdactl.yaml`, or Lambda's. */
  name: string
  lambdaName: string
}

/** Which functions are wanted. */
export interface WantedFunctions {
  sources: readonly Source[]
  /** The name of a function of the account as it is shown; undefined for a function that is not wanted. */
  chooses?: ((lambdaName: string) => string | undefined) | undefined
  /** The command that deploys what is missing, for advice. */
  deploy: string
}

/** The functions of a tail, with the log groups that their configurations name. */
export interface KnownFunctions {
  /** Looks again which functions there are, and which groups they write to. */
  groups(): Promise<string[]>
  /** The functions that exist. */
  existing(): readonly Source[]
  /** The function that wrote an event; undefined for any other writer of a shared group. */
  writerOf(event: LogEvent): Source | undefined
}

/** An old log group is read for this long after its function got another one: events become visible late; milliseconds. */
const readOnMs = 15 * 60_000

interface Known {
  source: Source
  /** The time at which the function's configuration named each group the last time, milliseconds since the epoch. */
  groups: Map<string, number>
}

/** A function that does not exist yet joins when it does. */
export function knownFunctions(
  run: Tailing,
  { sources, chooses }: WantedFunctions,
  tell: (notice: Notice) => void,
): KnownFunctions {
  const known = new Map<string, Known>()
  const missing = new Set<string>()
  let hasLooked = false
  const writers = new Map<string, Source | undefined>()

  const wanted = async () => {
    const found = new Map(sources.map((source) => [source.lambdaName, source]))
    for (const lambdaName of chooses ? await namesOf(run, hasLooked ? [...known.keys()] : undefined) : []) {
      const name = chooses?.(lambdaName)
      if (name !== undefined && !found.has(lambdaName)) found.set(lambdaName, { name, lambdaName })
    }
    return [...found.values()]
  }
  const look = async (source: Source) => {
    const { lambdaName } = source
    const state = await stateOf(run, lambdaName, hasLooked)
    const { groups } = known.get(lambdaName) ?? { groups: new Map<string, number>() }
    // No answer is not another group.
    const group = state === 'unanswered' ? newestOf(groups) : state?.logGroup
    if (group !== undefined) known.set(lambdaName, { source, groups: groups.set(group, run.clock.now()) })
    else if (state === undefined && !missing.has(lambdaName)) {
      missing.add(lambdaName)
      tell({ notice: 'waiting-for-function', function: lambdaName })
    }
  }
  return {
    async groups() {
      await Promise.all((await wanted()).map(look))
      hasLooked = true
      writers.clear()
      const last = Math.max(...Array.from(known.values(), ({ groups }) => Math.max(...groups.values())))
      const isRead = (named: number) => named >= last - readOnMs
      return [
        ...new Set(
          Array.from(known.values()).flatMap(({ groups }) =>
            [...groups].flatMap(([group, named]) => (isRead(named) ? [group] : [])),
          ),
        ),
      ]
    },
    existing: () => Array.from(known.values(), ({ source }) => source),
    writerOf({ group, stream }) {
      const key = `${group}\n${stream}`
      if (writers.has(key)) return writers.get(key)
      const writes = ({ source, groups }: Known) =>
        groups.has(group) && isOf(source.lambdaName, group, stream)
      const source = Array.from(known.values()).find(writes)?.source
      writers.set(key, source)
      return source
    },
  }
}

/** The group that was named last; undefined if none was. */
function newestOf(groups: ReadonlyMap<string, number>): string | undefined {
  return [...groups].toSorted(([, one], [, other]) => one - other).at(-1)?.[0]
}

/** After its first look, a tail goes on without an answer. */
async function stateOf(
  { aws }: Tailing,
  lambdaName: string,
  hasLooked: boolean,
): Promise<FunctionState | 'unanswered' | undefined> {
  try {
    return await aws.functions.get(lambdaName)
  } catch (error) {
    if (hasLooked && isCurable(error)) return 'unanswered'
    throw error
  }
}

/** @param known the names of the last look; undefined in the first one */
async function namesOf({ aws }: Tailing, known: readonly string[] | undefined): Promise<readonly string[]> {
  try {
    return await aws.functions.names()
  } catch (error) {
    if (known && isCurable(error)) return known
    throw error
  }
}
