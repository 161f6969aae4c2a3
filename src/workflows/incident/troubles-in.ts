import { alarmWords } from '../../gates/alarms/words.ts'
import { findTroubles, type Looked } from '../../operation/incident/find-troubles.ts'
import type { LastRelease } from '../../operation/incident/onset.ts'
import type { Trouble } from '../../operation/incident/trouble.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { commandFor, type Target } from '../run/run.ts'
import type { HeldAlarm } from './held-alarm.ts'
import type { RecentTraffic } from './recent-traffic.ts'

/** The parts of a status that troubles are looked for in. */
type Seen = Pick<
  Looked,
  | 'state'
  | 'stopped'
  | 'paused'
  | 'standing'
  | 'missingAlarms'
  | 'unread'
  | 'unreadAlarms'
  | 'unreadFigures'
  | 'wayBack'
> & {
  recent?: RecentTraffic
}

interface Held {
  alarms: readonly HeldAlarm[]
  release: LastRelease | undefined
  latest: FunctionState | undefined
}

/** Finds what is wrong with a function, with the commands that look further or mend it. */
export function troublesIn(target: Target, seen: Seen, { alarms, release, latest }: Held): Trouble[] {
  const { recent } = seen
  return findTroubles({
    ...seen,
    stateReason: latest?.statusReason,
    alarms: alarms.map((alarm) => ({ ...alarm, words: alarmWords(alarm) })),
    release,
    ensured: Object.values(target.ensuredAlarms ?? {}),
    traffic: recent && { ...recent, minutes: Math.ceil((recent.until - recent.from) / minuteMs) },
    commands: {
      rollback: commandFor(target, 'rollback'),
      errors: commandFor(target, 'logs errors'),
      concurrency: commandFor(target, 'concurrency show'),
      deploy: commandFor(target, 'deploy'),
      doctor: commandFor(target, 'doctor'),
      ensure: commandFor(target, 'alarms ensure'),
    },
  })
}

const minuteMs = 60_000
