import { firstNames } from '../../errors/first-few.ts'
import type { FoundFunction, LeftOut } from '../../iac/found-function.ts'
import type { Place } from '../../ui/results/place.ts'
import type { AskedFunctions, OutputFunction } from './asked-functions.ts'
import { regionOf } from './named-region.ts'

/** More names than a person reads in a sentence. */
const mostNames = 8

/** The functions of outputs for one place, and those for others by their place. */
export interface PlacedOutputs {
  here: FoundFunction[]
  elsewhere: LeftOut[]
}

/**
 * Divides the functions of outputs: an output may have several Regions and accounts, and a place only one.
 *
 * @param asked with the stacks that a person named, which may be in another Region than the default one of a project
 */
export function outputsAt(
  { outputs, wanted: { stacks } }: AskedFunctions,
  { region, account }: Pick<Place, 'region' | 'account'> = {},
): PlacedOutputs {
  const isHere = (each: OutputFunction) => fits(regionOf(each, stacks), region) && fits(each.account, account)
  const elsewhere = Map.groupBy(
    outputs.filter((each) => !isHere(each)),
    (each) => JSON.stringify([each.file, placeWords(each)]),
  )
  const here = [region, account && `account ${account}`].filter(Boolean).join(', ')
  return {
    here: outputs.filter(isHere).map(({ file: _, ...each }) => each),
    elsewhere: Array.from(elsewhere.values(), (functions) => leftThere(functions, here)),
  }
}

function leftThere(functions: readonly OutputFunction[], here: string): LeftOut {
  const [first] = functions
  const ids = functions.map(({ logicalId }) => logicalId)
  const why = `for ${first ? placeWords(first) : 'another place'}, and this is ${here}`
  return { what: firstNames(ids, mostNames), file: first?.file ?? '', why }
}

function placeWords({ region, account }: FoundFunction): string {
  return [region, account && `account ${account}`].filter(Boolean).join(', ')
}

/** An output may be for any place, and a place may be unknown. */
function fits(of: string | undefined, here: string | undefined): boolean {
  return of === undefined || here === undefined || of === here
}
