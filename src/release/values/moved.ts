import type { AliasState } from './observed.ts'
import type { ReleaseRecord } from './record.ts'

/**
 * True when an alias is not where its record says. Whoever moves an alias by hand keeps its Description: only its
 * versions and weight tell. A release gives everything to its candidate after its last step only.
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
