import type { TimedReleaseEvent } from '../../release/history/event.ts'
import type { Variables } from './runner.ts'

/** The lines by which a runner folds what is between them. */
export interface Folding {
  begin: (title: string, now: number) => string
  end: (now: number) => string
}

/** The runner's way to fold lines of its log; undefined for one that has none. */
export function foldingOf(variables: Variables): Folding | undefined {
  if (variables['GITHUB_ACTIONS'] === 'true') {
    return { begin: (title) => `::group::${title}`, end: () => '::endgroup::' }
  }
  return variables['GITLAB_CI'] === 'true' ? gitlabSection : undefined
}

// It clears the line of the mark, as GitLab's documentation says.
const clear = '\u001B[0K'
const section = 'lambdactl_prepare'

const gitlabSection: Folding = {
  begin: (title, now) =>
    `${clear}section_start:${Math.floor(now / 1000)}:${section}[collapsed=true]\r${clear}${title}`,
  end: (now) => `${clear}section_end:${Math.floor(now / 1000)}:${section}\r${clear}`,
}

/** Something that shows events until its end. */
interface Shown {
  tell(event: TimedReleaseEvent): void
  end?(): Promise<void>
}

const title = 'prepare: package, compare, prove the gates, publish'

/** The events of the work before a release is planned: many lines, which a reader of a log seldom needs. */
const preparing: ReadonlySet<string> = new Set([
  'stage',
  'packaging',
  'packaged',
  'left-out',
  'noted',
  'uploading',
  'uploaded',
  'created',
  'code-updated',
  'configuration-updated',
  'published',
  'checked',
  'warning',
])

/**
 * Folds the lines of the preparation. Warnings and failed checks come below the fold, where a reader sees them.
 *
 * @param write takes a line for the runner, as it is
 */
export function folded<Presenter extends Shown>(
  presenter: Presenter,
  { begin, end }: Folding,
  write: (line: string) => void,
): Presenter {
  let is: 'before' | 'open' | 'over' = 'before'
  let now = 0
  const held: TimedReleaseEvent[] = []
  const close = () => {
    if (is === 'open') write(end(now))
    is = 'over'
    for (const event of held.splice(0)) presenter.tell(event)
  }
  return {
    ...presenter,
    tell(event) {
      now = event.time
      if (is === 'before' && preparing.has(event.event)) {
        write(begin(title, now))
        is = 'open'
      }
      if (is === 'open' && !preparing.has(event.event)) close()
      if (is === 'open' && needsReader(event)) held.push(event)
      else presenter.tell(event)
    },
    async end() {
      close()
      await presenter.end?.()
    },
  }
}

function needsReader(event: TimedReleaseEvent): boolean {
  return event.event === 'warning' || (event.event === 'checked' && event.check.outcome !== 'pass')
}
