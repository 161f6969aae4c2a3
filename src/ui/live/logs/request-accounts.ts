import type { ShownLine } from '../../../logs/model/shown-line.ts'
import { canaryCounts } from '../../logs/pretty/canary-counts.ts'
import { requestEnds } from '../../logs/request-ends.ts'
import type { Accounts } from './model/logs-view.ts'

/** Counts the requests that end. */
export interface RequestAccounts {
  add(lines: readonly ShownLine[]): void
  now(): Accounts
}

export function requestAccounts(): RequestAccounts {
  const ends = requestEnds()
  const canary = canaryCounts()
  let requests = 0
  let failed = 0
  return {
    add(lines) {
      for (const line of lines) {
        const request = ends(line)
        if (!request) continue
        requests += 1
        if (request.status !== 'ok') failed += 1
        if (line.role) canary.add(request, line.role)
      }
    },
    now: () => ({ requests, failed, canary: canary.rows() }),
  }
}
