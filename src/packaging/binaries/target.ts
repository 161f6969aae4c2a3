/** The machine that binaries have to run on. */
export interface Target {
  readonly architecture: 'x86_64' | 'arm64'
  /** The version of its GNU C library, as in `2.34`; undefined for another C library. */
  readonly glibc: string | undefined
}

/** Runtimes on Amazon Linux 2; all others are on Amazon Linux 2023. */
const onAmazonLinux2 = /^(?:nodejs1[0-8]\.x|python3\.(?:[6-9]|1[01])|provided\.al2)$/

/** Returns the machine that Lambda runs a function on. */
export function lambdaTarget(runtime: string, architecture: Target['architecture'] = 'x86_64'): Target {
  return { architecture, glibc: onAmazonLinux2.test(runtime) ? '2.26' : '2.34' }
}

/** This machine; undefined unless it is Linux, since other systems can't load Linux binaries. */
export function ownTarget(): Target | undefined {
  if (process.platform !== 'linux') return undefined
  if (process.arch !== 'x64' && process.arch !== 'arm64') return undefined
  return { architecture: process.arch === 'x64' ? 'x86_64' : 'arm64', glibc: ownGlibc() }
}

function ownGlibc(): string | undefined {
  // Looking up the names of open sockets would take seconds.
  const report = Object.assign(process.report, { excludeNetwork: true })
  const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return header?.glibcVersionRuntime
}

/** Tells whether one version comes after another, number by number: 2.34 is after 2.4. */
export function isAfter(one: string, other: string): boolean {
  const [ours, theirs] = [one, other].map((version) => version.split('.').map(Number))
  for (const [index, number] of (ours ?? []).entries()) {
    const difference = number - (theirs?.[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
