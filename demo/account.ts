import { program } from './cli.ts'
import { type Share, seconds, shareLines } from './shares.ts'
import type { Seen } from './traffic.ts'

/** Tells what happened, by the observations of the demo's clients. */
export function account({ invocations, failures, firstFailure, shares }: Seen): string {
  const counts = [...invocations].toSorted(([a], [b]) => Number(a) - Number(b))
  const back = firstFailure === undefined ? undefined : cleared(shares, firstFailure)
  if (firstFailure === undefined || back === undefined) {
    throw new Error('the bad version was not seen to fail and to be rolled back')
  }
  return [
    '\n━━ What happened',
    'Weights over time:',
    ...shareLines(shares),
    'Invocations by version:',
    ...counts.map(
      ([version, count]) => `  version ${version}: ${count}, ${failures.get(version) ?? 0} of them failed`,
    ),
    `From the first failed invocation to the rollback: ${seconds(back - firstFailure)}`,
    '',
    'Try next, in a terminal of your own:',
    `  alias lambdactl="${process.execPath} ${program}"`,
    '  cd "$(mktemp -d)"',
    '  lambdactl init shop && cd shop',
    '  lambdactl sandbox start --detach',
    '  lambdactl deploy --env sandbox',
    '  lambdactl status --env sandbox',
    '  lambdactl logs tail hello --env sandbox --no-follow',
    '  lambdactl sandbox stop',
  ].join('\n')
}

/** When the alias was first seen without weights after a failure. */
function cleared(shares: readonly Share[], failure: number): number | undefined {
  return shares.find(({ time, weights }) => time > failure && Object.keys(weights).length === 1)?.time
}
