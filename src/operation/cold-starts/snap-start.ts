/** The least versions with SnapStart (AWS's documentation, November 2026). */
const least: readonly (readonly [runtime: RegExp, least: number, offer: 'free' | 'paid'])[] = [
  [/^java(\d+)/, 11, 'free'],
  [/^python3\.(\d+)$/, 12, 'paid'],
  [/^dotnet(\d+)$/, 8, 'paid'],
]

/**
 * Whether SnapStart is for a runtime, and whether it costs money.
 *
 * @param runtime Lambda's name; empty for an image
 */
export function snapStartFor(runtime: string): 'free' | 'paid' | 'none' {
  for (const [pattern, from, offer] of least) {
    const version = Number(pattern.exec(runtime)?.[1] ?? 0)
    if (version >= from) return offer
  }
  return 'none'
}
