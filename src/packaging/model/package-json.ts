/** The `dependencies` of a package.json by name; empty for invalid JSON, which Node itself would report. */
export function dependenciesOf(text: string): Record<string, string> {
  return tableOf(text, 'dependencies')
}

/** Whether a dependency may be missing. */
export function areOptional(text: string, name: string): boolean {
  return name in tableOf(text, 'optionalDependencies')
}

function tableOf(text: string, field: string): Record<string, string> {
  const value = parsed(text)?.[field]
  return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {}
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
