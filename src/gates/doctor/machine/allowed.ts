import { firstFew, firstNames } from '../../../errors/first-few.ts'
import type { Diagnosis } from '../diagnosis.ts'

/** The commands that a caller may run, by IAM's simulation. */
export interface AllowedCommands {
  /** The ARN of the user or role. */
  principal: string
  /** The number of commands. */
  count: number
  /** Commands that lack the same permissions. */
  refusals: readonly { verbs: readonly string[]; actions: readonly string[] }[]
  /** Permissions under conditions that a simulation can't know. */
  conditional: { keys: readonly string[]; actions: readonly string[] }
  /** Whether the caller may change anything. */
  mayChange: boolean
  /** The commands among those refused that make and steer releases. */
  releasing: readonly string[]
}

const title = 'allowed commands'
/** The most commands, groups of them, and actions of a group that are named: the policy has them all. */
const [mostVerbs, mostGroups, mostActions] = [10, 8, 4]

/**
 * Tells which commands would fail for a missing permission. A caller that may only read is no finding.
 *
 * @param policy prints the policy for commands, ready for a shell
 */
export function allowedDiagnosis(found: AllowedCommands, policy: (verbs: string) => string): Diagnosis {
  const { refusals, count, conditional, mayChange, releasing, principal } = found
  const unknown = conditionalWords(conditional)
  if (refusals.length === 0) {
    const detail = `${principal} may make the calls of all ${count} commands`
    return unknown === ''
      ? { title, outcome: 'pass', detail }
      : { title, outcome: 'note', detail: `${detail}; ${unknown}` }
  }
  const isRisk = mayChange && releasing.length > 0
  const lacking = refusals.flatMap(({ verbs }) => verbs)
  const lead = mayChange ? '' : `${principal} may change nothing; `
  const names = firstNames(lacking, mostVerbs)
  return {
    title,
    outcome: isRisk ? 'warn' : 'note',
    detail: `${lead}${lacking.length} of ${count} commands would fail for a missing permission: ${names}${unknown === '' ? '' : `; ${unknown}`}`,
    ...(isRisk && {
      why: 'A release with some of its permissions stops at the first call that it may not make.',
    }),
    mends: [
      {
        where: 'The policy for them',
        language: 'sh',
        text: policy((isRisk ? releasing : lacking).join(',')),
      },
    ],
    next: firstFew(refusals.map(stepFor), mostGroups),
  }
}

function stepFor({ verbs, actions }: AllowedCommands['refusals'][number]): string {
  return `For ${verbs.join(', ')}, allow ${firstNames(actions, mostActions)}`
}

function conditionalWords({ keys, actions }: AllowedCommands['conditional']): string {
  if (actions.length === 0) return ''
  return `not checked: ${firstNames(actions, mostActions)}, which depend on conditions (${keys.join(', ')})`
}

/** Tells why nothing was simulated. */
export function unsimulated(reason: string): Diagnosis {
  return { title, outcome: 'note', detail: `not checked: ${reason}` }
}
