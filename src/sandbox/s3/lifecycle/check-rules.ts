import { randomUUID } from 'node:crypto'
import type { LifecycleRule, LifecycleRuleFilter } from '@aws-sdk/client-s3'
import { malformedXml } from '../../protocol/rest-xml.ts'
import { invalidArgument, refused } from '../storage/errors.ts'
import type { KeptRule } from '../storage/lifecycle.ts'
import { checkActions } from './check-actions.ts'

/** S3's limit for the rules of a bucket. */
const mostRules = 1000

/** Reads the rules of a configuration, and gives an id to each that has none. @throws ServiceError 400 */
export function readRules(given: readonly LifecycleRule[] | undefined): KeptRule[] {
  if (!given?.length || given.length > mostRules) throw malformedXml()
  checkForms(given)
  const rules = given.map((rule): KeptRule => {
    const ID = rule.ID || Buffer.from(randomUUID()).toString('base64')
    const kept = JSON.parse(JSON.stringify({ ...rule, ID })) as KeptRule
    checkRule(kept)
    return kept
  })
  const ids = new Set(rules.map(({ ID }) => ID))
  if (ids.size < rules.length) {
    const message = 'Rule ID must be unique. Found same ID for more than one rule'
    throw invalidArgument(message, 'ID', rules[0]?.ID ?? '')
  }
  return rules
}

/** All rules have a filter, or all have a prefix of their own. @throws ServiceError 400 */
function checkForms(rules: readonly LifecycleRule[]): void {
  if (rules.some(({ Filter, Prefix }) => (Filter === undefined) === (Prefix === undefined))) {
    throw malformedXml()
  }
  const isFirstOld = rules[0]?.Prefix !== undefined
  if (rules.every(({ Prefix }) => (Prefix !== undefined) === isFirstOld)) return
  throw refused(
    'InvalidRequest',
    isFirstOld
      ? 'Filter element can only be used in Lifecycle V2.'
      : 'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.',
  )
}

function checkRule(rule: KeptRule): void {
  if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformedXml()
  if ((rule.ID?.length ?? 0) > 255) {
    throw invalidArgument('ID length should not exceed allowed limit of 255', 'ID', rule.ID ?? '')
  }
  if (rule.Filter) checkFilter(rule.Filter)
  checkActions(rule)
}

/** A filter has one condition, or several within `And`. */
function checkFilter(filter: LifecycleRuleFilter): void {
  const { And, ...direct } = filter
  const count = Object.values(direct).filter((value) => value !== undefined).length
  if (count > 1 || (And && count > 0)) throw malformedXml()
  const { Tags = [], ObjectSizeGreaterThan: above, ObjectSizeLessThan: below } = { ...direct, ...And }
  if (And) {
    const { Tags: _, ...others } = And
    const inside = Object.values(others).filter((value) => value !== undefined).length + Tags.length
    if (inside < 2) throw malformedXml()
  }
  if (new Set(Tags.map(({ Key }) => Key)).size < Tags.length) {
    throw refused('InvalidRequest', 'Duplicate Tag Keys are not allowed.')
  }
  if (below !== undefined && (below < 1 || below > largestSize)) {
    throw refused('InvalidRequest', `'ObjectSizeLessThan' should be between 1 and ${largestSize}.`)
  }
  if (above !== undefined && below !== undefined && below <= above) {
    throw refused(
      'InvalidRequest',
      "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
    )
  }
}

/** Bytes. */
const largestSize = 1_099_511_627_776_000
