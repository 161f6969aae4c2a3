import type { LocatedEnvironment } from '../../config/service/locate.ts'
import type { AdoptionsView } from '../../ui/results/init.ts'
import type { Place } from '../../ui/results/place.ts'
import { type Adoption, adoptFunctions } from '../../workflows/adopt-functions.ts'
import { type FunctionsToFind, findFunctions } from '../../workflows/adoption/find-functions.ts'
import type { Run } from '../../workflows/run/run.ts'
import type { ConnectFlags } from '../place/choose-place.ts'
import { askedFunctions, type SourceFlags } from './asked-functions.ts'
import { chooseFunctions } from './choose-functions.ts'
import { leftOf, newFunctions } from './chosen-functions.ts'
import { type EntryFlags, functionsToAdopt } from './functions-to-adopt.ts'
import { isRegionSaid, namedRegion } from './named-region.ts'
import { outputsAt } from './outputs-at.ts'
import { prepareAdoption } from './prepare-adoption.ts'

/** The flags of `init` for existing functions, parsed. */
export type TakeOnFlags = ConnectFlags &
  SourceFlags &
  EntryFlags & { env: string; alias: string | undefined; function: readonly string[] | undefined }

/** The part that a command has in it. */
interface Means {
  /** Shows the place, and connects to it. */
  connect: (environment: LocatedEnvironment) => Promise<{ run: Run; place: Place | undefined }>
  /** Whether a person can be asked. */
  canAsk: boolean
}

/** The result; `only` of one function by its name alone, which is the document itself. */
interface TakenOn {
  view: AdoptionsView
  only: Adoption | undefined
}

/**
 * Writes existing functions into the `lambdactl.yaml` of a folder.
 *
 * @param directory absolute
 * @throws LambdactlError USAGE, CONFIG_INVALID, NOT_FOUND, PATH_TAKEN, PACKAGE_INVALID
 */
export async function takeOn(
  directory: string,
  flags: TakeOnFlags,
  { connect, canAsk }: Means,
): Promise<TakenOn> {
  const { environment, options } = await prepareAdoption(directory, flags)
  const asked = await askedFunctions(flags)
  const region = isRegionSaid(environment, flags) ? environment.region : namedRegion(asked)
  const { run, place } = await connect({ ...environment, region })
  const { here, elsewhere } = outputsAt(asked, place)
  const wanted: FunctionsToFind = { ...asked.wanted, outputs: here }
  const { functions: found, undeployed } = await findFunctions(run, wanted)
  const names = flags.function ?? []
  const chosen = await chooseFunctions({ found, names, canAsk, isWhole: wanted.isWhole, elsewhere })
  const isOne = isOneByName(wanted)
  const { fresh, known } = isOne ? { fresh: chosen, known: [] } : newFunctions(chosen, environment)
  const functions = fresh.length === 0 ? [] : await functionsToAdopt(directory, fresh, flags)
  const adopted = await adoptFunctions(run, { ...options(!isOne), functions })
  const view = {
    environment: flags.env,
    functions: adopted.functions,
    known: [...known, ...adopted.known],
    undeployed: [...undeployed, ...adopted.undeployed],
    left: [...asked.left, ...elsewhere, ...leftOf(fresh, flags.manages)],
    toAlias: fresh.flatMap(({ toAlias = [] }) => toAlias),
  }
  return { view, only: isOne ? adopted.functions[0] : undefined }
}

/** One function by its name alone. */
function isOneByName({ names, outputs, stacks, tags }: FunctionsToFind): boolean {
  return names.length === 1 && outputs.length + stacks.length + Object.keys(tags).length === 0
}
