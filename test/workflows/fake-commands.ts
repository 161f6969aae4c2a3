import type { RunCommand } from '../../src/ports/commands.ts'
import type { CommandEnding, HookPoint, Hooks } from '../../src/release/plan/hooks.ts'
import type { FakeClock } from './fake-clock.ts'

/** How a hook comes out; it passes at once unless said. */
export interface HookScript {
  seconds?: number
  code?: number
  output?: string
}

/** A hook that was run. */
interface RanHook {
  hook: HookPoint
  /** Seconds since the world began. */
  from: number
  to: number | undefined
  how: CommandEnding['how'] | undefined
  environment: Readonly<Record<string, string>>
}

export interface FakeCommands {
  run: RunCommand
  /** How a hook comes out the how manieth time, from 1. */
  script: (hook: HookPoint, nth: number) => HookScript
  ran: RanHook[]
}

/** @param isWatched whether somebody sleeps meanwhile, and so moves the clock */
export function fakeCommands(clock: FakeClock, isWatched: () => boolean): FakeCommands {
  const start = clock.now()
  const since = () => (clock.now() - start) / 1000
  const made: FakeCommands = {
    script: () => ({}),
    ran: [],
    async run({ environment, timeoutMs, signal }) {
      const hook = environment['LAMBDACTL_HOOK'] as HookPoint
      const nth = made.ran.filter((one) => one.hook === hook).length + 1
      const { seconds = 0, code = 0, output = '' } = made.script(hook, nth)
      const ran: RanHook = { hook, from: since(), to: undefined, how: undefined, environment }
      made.ran.push(ran)
      const isLate = seconds * 1000 > timeoutMs
      await passTime(
        clock,
        Math.min(seconds * 1000, timeoutMs),
        signal,
        isWatched() && hook !== 'after-rollback',
      )
      const ending: CommandEnding = signal.aborted
        ? { how: 'stopped' }
        : isLate
          ? { how: 'timed-out' }
          : { how: 'exited', code }
      Object.assign(ran, { to: since(), how: ending.how })
      return { ending, output }
    },
  }
  return made
}

async function passTime(
  clock: FakeClock,
  ms: number,
  signal: AbortSignal,
  isWatched: boolean,
): Promise<void> {
  if (ms === 0) return
  if (!isWatched) return clock.sleep(ms, signal)
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    clock.at(clock.now() + ms, resolve)
  })
}

/** A configuration that has commands for these hooks. */
export function hooksAt(points: readonly HookPoint[], timeoutMs = 60_000): Hooks {
  return Object.fromEntries(
    points.map((point) => [point, { args: ['./hook.sh', point], directory: '/service', timeoutMs }]),
  )
}
