import { expect } from 'vitest'

// Vitest types its matchers as any; these may stand wherever a value is expected.
export const aNumber: unknown = expect.any(Number)

export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern)
}

export function containing(part: string): unknown {
  return expect.stringContaining(part)
}

export function objectWith(members: object): unknown {
  return expect.objectContaining(members)
}

export function arrayWith(...members: unknown[]): unknown {
  return expect.arrayContaining(members)
}
