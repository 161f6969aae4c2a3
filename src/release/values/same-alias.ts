import type { AliasState, Weight } from './observed.ts'

/** The versions that an alias sends its traffic to. */
interface Traffic {
  version: string
  weight?: Weight | undefined
}

/** Whether two send the traffic to the same versions in the same shares, whatever is on record. */
export function isSameTraffic(one: Traffic, other: Traffic): boolean {
  return (
    one.version === other.version &&
    one.weight?.version === other.weight?.version &&
    one.weight?.percent === other.weight?.percent
  )
}

type Settings = Traffic & Pick<AliasState, 'description'>

/**
 * Whether an alias is as it was found, or as it was to be: in its traffic and its Description. Whoever moves an alias by hand
 * keeps its Description, so neither tells alone. AWS may have given it another revision, since settings that hang on it changed.
 */
export function isSameAlias(one: Settings, other: Settings): boolean {
  return isSameTraffic(one, other) && one.description === other.description
}

/** Whether somebody moved an alias by hand since it was found: each change of ours gives it another Description as well. */
export function isMovedByHand(found: Settings, now: Settings): boolean {
  return !isSameTraffic(found, now) && found.description === now.description
}

/** Whether nothing at all changed an alias since it was found: each update gives it another revision, also one that changes nothing. */
export function isUntouched(found: AliasState | undefined, now: AliasState | undefined): boolean {
  return found?.revisionId === now?.revisionId
}
