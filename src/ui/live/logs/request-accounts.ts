import type { ShownLine } from '../../../logs/model/shown-line.ts'
import { canaryCounts } from '../../logs/pretty/canary-counts.ts'
import { requestEnds } from '../../logs/request-ends.ts'
import { count } from '../../text/figures.ts'

/** Counts the requests that end. */
export interface RequestAccounts {
  add(lines: readonly ShownLine[]): void
  /** `412 requests, 3 failed`, or both versions of a canary; empty before the first request. */
  texts(): string[]
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
    texts() {
      const both = canary.text()
      if (both !== '') return [both]
      return requests === 0 ? [] : [`${count(requests, 'request')}, ${failed} failed`]
    },
  }
}
