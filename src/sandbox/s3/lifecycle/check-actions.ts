import { malformedXml } from '../../protocol/rest-xml.ts'
import { refused } from '../storage/errors.ts'
import type { KeptRule } from '../storage/lifecycle.ts'
import { filterOf, filterText } from './filters.ts'
import { rankOf } from './storage-classes.ts'

/** Days that an object stays in STANDARD before it may go to one of these. */
const leastDays = 30
const infrequent: ReadonlySet<string> = new Set(['STANDARD_IA', 'ONEZONE_IA'])

/** Checks the things that a rule does. @throws ServiceError 400 */
export function checkActions(rule: KeptRule): void {
  const { Expiration, Transitions = [], NoncurrentVersionTransitions = [] } = rule
  const hasAction =
    Expiration !== undefined ||
    Transitions.length + NoncurrentVersionTransitions.length > 0 ||
    (rule.NoncurrentVersionExpiration ?? rule.AbortIncompleteMultipartUpload) !== undefined
  if (!hasAction) throw refused('InvalidRequest', 'At least one action needs to be specified in a rule')
  if (Expiration) checkExpiration(Expiration)
  for (const transition of Transitions) checkTransition(transition)
  checkTogether(rule)
  checkNoncurrent(rule)
  checkUploads(rule)
}

function checkExpiration(expiration: NonNullable<KeptRule['Expiration']>): void {
  const { Days, Date: date, ExpiredObjectDeleteMarker: marker } = expiration
  if ([Days, date, marker].filter((value) => value !== undefined).length !== 1) throw malformedXml()
  positive(Days, 'Days', 'Expiration')
  checkMidnight(date)
}

function checkTransition({
  Days,
  Date: date,
  StorageClass,
}: NonNullable<KeptRule['Transitions']>[number]): void {
  if ((Days === undefined) === (date === undefined)) throw malformedXml()
  checkClass(StorageClass)
  checkMidnight(date)
  if (Days === undefined) return
  if (Days < 0) throw argument("'Days' in Transition action must be nonnegative")
  if (infrequent.has(StorageClass ?? '') && Days < leastDays) {
    throw argument(
      `'Days' in Transition action must be greater than or equal to ${leastDays} for storageClass '${StorageClass}'`,
    )
  }
}

/** The transitions of a rule with each other and with the expiration. */
function checkTogether(rule: KeptRule): void {
  const { Transitions: transitions = [], Expiration } = rule
  const filter = filterText(filterOf(rule))
  if (new Set(transitions.map(({ StorageClass }) => StorageClass)).size < transitions.length) {
    throw argument(
      `'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter ${filter}`,
    )
  }
  const timed = [
    ...transitions,
    ...(Expiration && Expiration.ExpiredObjectDeleteMarker === undefined ? [Expiration] : []),
  ]
  if (timed.some(({ Days }) => Days !== undefined) && timed.some(({ Date: date }) => date !== undefined)) {
    throw argument(
      `Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter ${filter}`,
    )
  }
  const last = Math.max(...transitions.map(({ Days = -1 }) => Days))
  if (Expiration?.Days !== undefined && Expiration.Days <= last) {
    throw argument(
      `'Days' in the Expiration action for filter ${filter} must be greater than 'Days' in the Transition action`,
    )
  }
  const lastDate = Math.max(...transitions.map(({ Date: date = '' }) => Date.parse(date) || 0))
  if (Expiration?.Date !== undefined && Date.parse(Expiration.Date) <= lastDate) {
    throw argument(
      `'Date' in the Expiration action for filter ${filter} must be later than 'Date' in the Transition action`,
    )
  }
}

function checkNoncurrent(rule: KeptRule): void {
  const { NoncurrentVersionExpiration: expiration, NoncurrentVersionTransitions = [] } = rule
  if (expiration && expiration.NoncurrentDays === undefined) throw malformedXml()
  positive(expiration?.NoncurrentDays, 'NoncurrentDays', 'NoncurrentVersionExpiration')
  for (const { NoncurrentDays, StorageClass } of NoncurrentVersionTransitions) {
    if (NoncurrentDays === undefined) throw malformedXml()
    checkClass(StorageClass)
    if (infrequent.has(StorageClass ?? '') && NoncurrentDays < leastDays) {
      throw argument(
        `'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to ${leastDays} for storageClass '${StorageClass}'`,
      )
    }
  }
}

/** Uploads have no tags, and no size before they end. */
function checkUploads(rule: KeptRule): void {
  const { AbortIncompleteMultipartUpload: abort, Expiration } = rule
  const { tags, above, below } = filterOf(rule)
  const hasSize = above !== undefined || below !== undefined
  if (abort) {
    positive(abort.DaysAfterInitiation ?? 0, 'DaysAfterInitiation', 'AbortIncompleteMultipartUpload')
    if (tags.size > 0) throw together('AbortIncompleteMultipartUpload', 'Tags')
    if (hasSize) throw together('AbortIncompleteMultipartUpload', 'Object Size')
  }
  if (Expiration?.ExpiredObjectDeleteMarker === undefined) return
  if (tags.size > 0) throw together('ExpiredObjectDeleteMarker', 'Tags')
  if (hasSize) throw together('ExpiredObjectDeleteMarker', 'Object Size')
}

function positive(days: number | undefined, member: string, action: string): void {
  if (days !== undefined && days < 1) {
    throw argument(`'${member}' for ${action} action must be a positive integer`)
  }
}

function checkMidnight(date: string | undefined): void {
  if (date !== undefined && Date.parse(date) % 86_400_000 !== 0) {
    throw argument("'Date' must be at midnight GMT")
  }
}

function checkClass(storageClass: string | undefined): void {
  if (rankOf(storageClass ?? '') < 1) throw malformedXml()
}

function argument(message: string) {
  return refused('InvalidArgument', message)
}

function together(action: string, filter: string) {
  return refused('InvalidRequest', `${action} cannot be specified with ${filter}.`)
}
