import type { AliasState, Weight } from './observed.ts'

/** The versions that an alias sends its traffic to. */
interface Traffic {
  version: string
  weight?: Weight | undefined
}

/**
 * Tells whether two aliases send their traffic to the same versions in the same shares, without regard to their
 * records.
 */
export function isSameTraffic(one: Traffic, other: Traffic): boolean {
  return (
    one.version === other.version &&
    one.weight?.version === other.weight?.version &&
    one.weight?.percent === other.weight?.percent
  )
}

type Settings = Traffic & Pick<AliasState, 'description'>

/**
 * Tells whether an alias is as it was found or planned, by its traffic and its Description. A person who moves an alias
 * by hand leaves its Description, so both count. AWS may have given it another revision, when settings attached to it
 * changed.
 */
export function isSameAlias(one: Settings, other: Settings): boolean {
  return isSameTraffic(one, other) && one.description === other.description
}

/**
 * Tells whether somebody moved an alias by hand since it was found: each of lambdactl's changes also sets another
 * Description.
 */
export function isMovedByHand(found: Settings, now: Settings): boolean {
  return !isSameTraffic(found, now) && found.description === now.description
}

/**
 * Tells whether no update at all was made since an alias was found: each update gives it another revision, even one
 * that changes nothing.
 */
export function isUntouched(found: AliasState | undefined, now: AliasState | undefined): boolean {
  return found?.revisionId === now?.revisionId
}
