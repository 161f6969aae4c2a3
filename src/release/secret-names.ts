/** The names of variables that sound as if their values were secrets. */
export function secretNames(names: readonly string[]): string[] {
  return names.filter((name) => /key|token|secret|passw|credential/i.test(name))
}
