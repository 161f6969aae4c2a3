import { firstNames } from '../../errors/first-few.ts'
import { partitionOf } from '../../function/values/partition.ts'
import type { PolicyPlace } from '../../operation/permissions/facts.ts'
import { leastPolicy, type Policy, type Wanted } from '../../operation/permissions/policy.ts'
import { unreadArn } from '../../operation/permissions/resources.ts'
import { chosenVerbs, type Verb } from '../../operation/permissions/verbs.ts'

export type { Permitted } from '../../operation/permissions/facts.ts'
export { policyFormats, policyText } from '../../operation/permissions/formats.ts'
export { releaseVerbs } from '../../operation/permissions/verbs.ts'
export { permittedOf } from './permitted.ts'
export { saidFields } from './said-fields.ts'

/** A managed policy's limit in characters without white space, by IAM's quotas (November 2026). */
const mostCharacters = 6144

/** A policy, what it is for, and what a reader has to know of it. */
export interface GrantedPolicy {
  environment: string
  /** Names in Lambda. */
  functions: string[]
  verbs: readonly Verb[]
  policy: Policy
  /** One sentence each. */
  notes: string[]
}

/**
 * The commands of a list such as `deploy, canary approve`.
 *
 * @throws LambdactlError USAGE for a name that is no command which calls AWS
 */
export function verbsNamed(list: string): readonly Verb[] {
  return chosenVerbs(list.split(',').map((name) => name.trim()))
}

export function placeOf(region: string, account: string): PolicyPlace {
  return { partition: partitionOf(region), region, account }
}

/** The least policy for commands on functions. Reads nothing. */
export function iamPolicy(environment: string, wanted: Wanted): GrantedPolicy {
  const policy = leastPolicy(wanted)
  const { functions, verbs } = wanted
  return {
    environment,
    functions: functions.map(({ lambdaName }) => lambdaName),
    verbs,
    policy,
    notes: [...unreadNotes(wanted), ...keyNotes(wanted), ...sizeNotes(policy)],
  }
}

function unreadNotes({ functions }: Wanted): string[] {
  const unread = functions.filter(({ role }) => role === unreadArn).map(({ lambdaName }) => lambdaName)
  if (unread.length === 0) return []
  return [
    `The role of ${firstNames(unread, 3)} is read from SSM or Secrets Manager. Replace role/* by the role's name.`,
  ]
}

function keyNotes({ functions }: Wanted): string[] {
  const isSecret = functions.some(
    ({ parameters = [], secrets = [] }) => parameters.length + secrets.length > 0,
  )
  if (!isSecret) return []
  return [
    "The file does not tell the KMS keys of its parameters and secrets. Add kms:Decrypt on each key that is not AWS's own.",
  ]
}

function sizeNotes(policy: Policy): string[] {
  const characters = JSON.stringify(policy).length
  if (characters <= mostCharacters) return []
  return [
    `The policy has ${characters} characters, and IAM takes ${mostCharacters} in a managed policy. Print one policy for each few functions: lambdactl iam policy FUNCTION...`,
  ]
}
