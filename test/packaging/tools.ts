import { runCommand } from '../../src/cli/run/run-command.ts'
import type { Tools } from '../../src/packaging/model/types.ts'

/** The tools of packaging, and the texts that it told: real processes, and a cache of the test's own. */
export function tools(cache: string, more: Partial<Tools> = {}): Tools & { told: string[] } {
  const told: string[] = []
  return {
    runCommand,
    signal: new AbortController().signal,
    variables: { LAMBDACTL_CACHE_DIR: cache },
    tell: (text) => void told.push(text),
    ...more,
    told,
  }
}
