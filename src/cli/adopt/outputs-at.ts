import type { FoundFunction } from '../../iac/found-function.ts'
import type { Place } from '../../ui/results/place.ts'
import type { FunctionsToFind } from '../../workflows/adoption/find-functions.ts'

/**
 * The functions of outputs that are for a place: an output may have several Regions and accounts.
 *
 * @param wanted with the stacks that a person named, which may be in another Region than the default one of a project
 */
export function outputsAt(
  { outputs, stacks }: Pick<FunctionsToFind, 'outputs' | 'stacks'>,
  { region, account }: Pick<Place, 'region' | 'account'> = {},
): FoundFunction[] {
  const regionOf = (each: FoundFunction) =>
    each.isDefaultStack && stacks.length > 0 ? undefined : each.region
  return outputs.filter((each) => fits(regionOf(each), region) && fits(each.account, account))
}

/** An output may be for any place, and a place may be unknown. */
function fits(of: string | undefined, here: string | undefined): boolean {
  return of === undefined || here === undefined || of === here
}
