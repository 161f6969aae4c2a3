/** Starts of environments, as requests met them. */
export interface StartCounts {
  /** The requests that ended. */
  requests: number
  /** Those that waited for a start of their environment. */
  inits: number
  /** Those that waited for the restore of a snapshot. */
  restores: number
  /** Starts that failed or took too long. */
  failed: number
  /** `inits` and `restores` by `requests`, 0 to 1; absent without requests. */
  share?: number
  /** The time of starts that Lambda billed, milliseconds. */
  billedMs: number
  billedGbSeconds: number
  /** US dollars; absent if the Region's prices are not known. */
  dollars?: number
}

/** The starts of one version. */
export interface VersionStarts extends StartCounts {
  /** Absent for streams that Lambda did not name. */
  version?: string
  /** How long requests waited, milliseconds; absent without a start. */
  wait?: { p50Ms: number; p90Ms: number; p99Ms: number; maxMs: number }
}

/** A row of Insights: texts by column. */
type Row = Readonly<Record<string, string | undefined>>

/**
 * The starts of a version by a row of figures.
 *
 * @param dollarsPerGbSecond undefined if it is not known
 */
export function startsOf(row: Row, dollarsPerGbSecond: number | undefined): VersionStarts {
  const number = (name: string) => Number(row[name] ?? 0)
  const counts = {
    requests: number('requests'),
    inits: number('inits'),
    restores: number('restores'),
    failed: number('failed'),
    billedMs: number('billed'),
    billedGbSeconds: number('billedMb') / 1024 / 1000,
  }
  const hasStarts = counts.inits + counts.restores > 0
  return {
    ...(row['version'] !== undefined && { version: row['version'] }),
    ...counted(counts, dollarsPerGbSecond),
    ...(hasStarts && {
      wait: { p50Ms: number('p50'), p90Ms: number('p90'), p99Ms: number('p99'), maxMs: number('longest') },
    }),
  }
}

/** All versions together. Percentiles of versions can't be summed. */
export function totalOf(
  versions: readonly VersionStarts[],
  dollarsPerGbSecond: number | undefined,
): StartCounts {
  const sum = (field: 'requests' | 'inits' | 'restores' | 'failed' | 'billedMs' | 'billedGbSeconds') =>
    versions.reduce((total, each) => total + each[field], 0)
  return counted(
    {
      requests: sum('requests'),
      inits: sum('inits'),
      restores: sum('restores'),
      failed: sum('failed'),
      billedMs: sum('billedMs'),
      billedGbSeconds: sum('billedGbSeconds'),
    },
    dollarsPerGbSecond,
  )
}

function counted(
  counts: Omit<StartCounts, 'share' | 'dollars'>,
  dollarsPerGbSecond: number | undefined,
): StartCounts {
  const { requests, inits, restores, billedGbSeconds } = counts
  return {
    ...counts,
    ...(requests > 0 && { share: (inits + restores) / requests }),
    ...(dollarsPerGbSecond !== undefined && { dollars: billedGbSeconds * dollarsPerGbSecond }),
  }
}
