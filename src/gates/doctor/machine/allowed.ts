import { firstNames } from '../../../errors/first-few.ts'
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
/** The most actions that are named for a group of commands. */
const mostActions = 4

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
  const groups = refusals.map(
    ({ verbs, actions }) => `${verbs.join(', ')} (${firstNames(actions, mostActions)})`,
  )
  const isRisk = mayChange && releasing.length > 0
  const lead = mayChange
    ? 'a permission is missing for'
    : `${principal} may change nothing; it lacks permissions for`
  const lacking = refusals.flatMap(({ verbs }) => verbs)
  return {
    title,
    outcome: isRisk ? 'warn' : 'note',
    detail: `${lead} ${groups.join('; ')}${unknown === '' ? '' : `; ${unknown}`}`,
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
  }
}

function conditionalWords({ keys, actions }: AllowedCommands['conditional']): string {
  if (actions.length === 0) return ''
  return `not checked: ${firstNames(actions, mostActions)}, which depend on conditions (${keys.join(', ')})`
}

/** Tells why nothing was simulated. */
export function unsimulated(reason: string): Diagnosis {
  return { title, outcome: 'note', detail: `not checked: ${reason}` }
}
