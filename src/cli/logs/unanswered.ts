import type { Notice } from '../../workflows/logs/notice.ts'

/** Knows the log groups for which AWS does not answer now, by the notices of a tail. */
export interface Unanswered {
  note(notice: Notice): void
  groups(): string[]
}

export function unanswered(): Unanswered {
  const waiting = new Set<string>()
  return {
    note(notice) {
      if (notice.notice === 'retrying') waiting.add(notice.group)
      if (['resumed', 'waiting-for-group', 'denied'].includes(notice.notice) && 'group' in notice)
        waiting.delete(notice.group)
    },
    groups: () => [...waiting],
  }
}
