import type { KeptRule, Lifecycle } from '../storage/lifecycle.ts'
import { type Filtered, filterOf, fits } from './filters.ts'
import { rankOf, withoutMinimum } from './storage-classes.ts'

/** The time at which rules are carried out. */
export interface Moment {
  /** Milliseconds since the epoch. */
  now: number
  /** How long a day of rules is, milliseconds. */
  dayMs: number
}

/** A version that rules may change. */
export interface Candidate extends Filtered {
  storageClass: string | undefined
  /** When it was put; for a noncurrent version, when the next one was. Milliseconds since the epoch. */
  since: number
}

/** The change that is due; undefined: none. */
export type Due = { expires: true } | { expires: false; storageClass: string } | undefined

/** Objects below this size stay where they are unless a rule has a size of its own, bytes. */
const usualMinimum = 131_072

interface Step {
  days?: number | undefined
  date?: string | undefined
  storageClass?: string | undefined
}

/** The change that is due for the current version of an object. An expiration outweighs transitions. */
export function dueOfCurrent(lifecycle: Lifecycle, candidate: Candidate, moment: Moment): Due {
  const rules = rulesFor(lifecycle, candidate)
  const isExpired = rules.some(
    ({ Expiration }) =>
      Expiration && isDue({ days: Expiration.Days, date: Expiration.Date }, candidate.since, moment),
  )
  if (isExpired) return { expires: true }
  const steps = rules.flatMap((rule) =>
    (rule.Transitions ?? []).map(({ Days, Date: date, StorageClass }) => ({
      rule,
      step: { days: Days, date, storageClass: StorageClass },
    })),
  )
  return lowest(lifecycle, candidate, moment, steps)
}

/** @param newer how many noncurrent versions are newer than this one */
export function dueOfNoncurrent(
  lifecycle: Lifecycle,
  candidate: Candidate,
  moment: Moment,
  newer: number,
): Due {
  const rules = rulesFor(lifecycle, candidate)
  const isExpired = rules.some(({ NoncurrentVersionExpiration: expiration }) => {
    if (!expiration || newer < (expiration.NewerNoncurrentVersions ?? 0)) return false
    return isDue({ days: expiration.NoncurrentDays }, candidate.since, moment)
  })
  if (isExpired) return { expires: true }
  const steps = rules.flatMap((rule) =>
    (rule.NoncurrentVersionTransitions ?? [])
      .filter(({ NewerNoncurrentVersions = 0 }) => newer >= NewerNoncurrentVersions)
      .map(({ NoncurrentDays, StorageClass }) => ({
        rule,
        step: { days: NoncurrentDays, storageClass: StorageClass },
      })),
  )
  return lowest(lifecycle, candidate, moment, steps)
}

/** Tells whether a delete marker without other versions is due: S3 removes it for good. */
export function isLoneMarkerDue(lifecycle: Lifecycle, candidate: Candidate, moment: Moment): boolean {
  return rulesFor(lifecycle, candidate).some(
    ({ Expiration }) =>
      Expiration &&
      (Expiration.ExpiredObjectDeleteMarker === true ||
        isDue({ days: Expiration.Days, date: Expiration.Date }, candidate.since, moment)),
  )
}

/** @param since when the upload began */
export function isUploadDue(lifecycle: Lifecycle, key: string, since: number, moment: Moment): boolean {
  return rulesFor(lifecycle, { key, size: 0, tags: {} }).some(({ AbortIncompleteMultipartUpload: abort }) => {
    return abort !== undefined && isDue({ days: abort.DaysAfterInitiation }, since, moment)
  })
}

function rulesFor({ rules }: Lifecycle, filtered: Filtered): KeptRule[] {
  return rules.filter((rule) => rule.Status === 'Enabled' && fits(filterOf(rule), filtered))
}

/** Days end at midnight, so that a day more may pass. */
function isDue({ days, date }: Step, since: number, { now, dayMs }: Moment): boolean {
  if (date !== undefined) return now >= Date.parse(date)
  return days !== undefined && now >= Math.ceil((since + days * dayMs) / dayMs) * dayMs
}

function lowest(
  { minimum }: Lifecycle,
  candidate: Candidate,
  moment: Moment,
  steps: readonly { rule: KeptRule; step: Step }[],
): Due {
  const rank = rankOf(candidate.storageClass)
  const [found] = steps
    .filter(({ rule, step }) => isDue(step, candidate.since, moment) && isLarge(rule, step))
    .map(({ step: { storageClass = '' } }) => storageClass)
    .filter((storageClass) => rankOf(storageClass) > rank)
    .toSorted((left, right) => rankOf(right) - rankOf(left))
  return found === undefined ? undefined : { expires: false, storageClass: found }

  function isLarge(rule: KeptRule, { storageClass = '' }: Step): boolean {
    const { above, below } = filterOf(rule)
    if (above !== undefined || below !== undefined || candidate.size >= usualMinimum) return true
    return minimum === 'varies_by_storage_class' && withoutMinimum.has(storageClass)
  }
}
