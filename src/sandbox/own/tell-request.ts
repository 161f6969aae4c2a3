import { isOfInterest, type OnRequest, type SeenRequest } from './seen-request.ts'

/** The facts about a request so far. */
export interface Seen extends Omit<SeenRequest, 'status' | 'error' | 'durationMs'> {
  /** By a monotonic clock, milliseconds. */
  from: number
}

/** Tells of an answered request if a person wants to see it. */
export function tellRequest(
  { onRequest }: { onRequest?: OnRequest | undefined },
  { from, ...seen }: Seen,
  answered: Pick<SeenRequest, 'status' | 'error'>,
): void {
  const durationMs = Math.round((performance.now() - from) * 10) / 10
  const request = { ...seen, ...answered, durationMs }
  if (isOfInterest(request)) onRequest?.(request)
}
