import type { AliasState } from '../../../src/release/values/observed.ts'

/** Of an alias's traffic, what a version gets; percent. */
export function shareOf(alias: AliasState | undefined, version: string): number {
  if (!alias) return 0
  if (alias.weight?.version === version) return alias.weight.percent
  return alias.version === version ? 100 - (alias.weight?.percent ?? 0) : 0
}

/** Returns the rules that do not hold. */
export function failed(rules: readonly (readonly [boolean, string])[]): string[] {
  return rules.flatMap(([holds, what]) => (holds ? [] : [what]))
}
