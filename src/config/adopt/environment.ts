import type { Adoptee, AdoptingService } from './adoptee.ts'

/** The fields of a new environment, with everything that it takes to find the functions. */
export function environmentFor(
  { endpoint }: AdoptingService,
  adoptees: readonly Adoptee[],
): Record<string, unknown> {
  const [first] = adoptees
  const role = adoptees.find(({ manages }) => manages !== 'code')?.role
  return {
    region: first?.region,
    ...(endpoint !== undefined && { endpoint }),
    account: first?.account,
    alias: first?.alias,
    ...(role === undefined ? { manages: 'code' } : { role }),
  }
}
