import type { AliasState } from './observed.ts'
import type { ReleaseRecord } from './record.ts'

/**
 * True if an alias is not where its record says. A person who moves an alias by hand leaves its Description, so only
 * versions and weight tell. A release gives 100% to its candidate only after its last step.
 */
export function movedSince(
  { version, weight }: AliasState,
  { phase, candidate, held, step, steps }: ReleaseRecord,
): boolean {
  const full = version === candidate && weight === undefined && step === steps
  const stepped = version === held[0] && weight?.version === candidate
  switch (phase) {
    case 'shifting':
    case 'awaiting-approval':
    case 'approved':
      return !stepped
    case 'baking':
      return !full
    case 'paused':
      return !stepped && !full
    case 'done':
    case 'rolled-back':
      return weight !== undefined || version !== held[0]
  }
}
