import type { FoundFunction } from '../../iac/found-function.ts'
import type { Place } from '../../ui/results/place.ts'

/** The functions of outputs that are for a place: an output may have several Regions and accounts. */
export function outputsAt(
  functions: readonly FoundFunction[],
  { region, account }: Pick<Place, 'region' | 'account'> = {},
): FoundFunction[] {
  return functions.filter((each) => fits(each.region, region) && fits(each.account, account))
}

/** An output may be for any place, and a place may be unknown. */
function fits(of: string | undefined, here: string | undefined): boolean {
  return of === undefined || here === undefined || of === here
}
