import { Box, Text } from 'ink'
import type { AlarmState } from '../release/observed.ts'
import type { CanaryState } from './canary-state.ts'
import { formatCountdown } from './figures.ts'
import { plainLine } from './plain.ts'

const conditionColours = { OK: 'green', ALARM: 'red', INSUFFICIENT_DATA: 'yellow' } as const

/**
 * The live part of a canary: traffic bar, step with the time left, alarms.
 *
 * @param now milliseconds since the epoch
 * @param columns the terminal's width
 */
export function CanaryView({ state, now, columns }: { state: CanaryState; now: number; columns: number }) {
  const { plan, percent, alias } = state
  if (!plan || percent === undefined) return null
  return (
    <Box flexDirection="column" marginTop={1}>
      <TrafficBar
        percent={percent}
        stable={plan.stable ?? ''}
        candidate={plan.candidate}
        alias={alias}
        columns={columns}
      />
      <StepLine state={state} now={now} />
      {state.alarms.map((alarm) => (
        <AlarmLine key={alarm.name} alarm={alarm} />
      ))}
    </Box>
  )
}

interface TrafficBarProps {
  percent: number
  stable: string
  candidate: string
  alias: string
  columns: number
}

function TrafficBar({ percent, stable, candidate, alias, columns }: TrafficBarProps) {
  const width = Math.max(10, Math.min(50, columns - alias.length - stable.length - candidate.length - 16))
  const filled = Math.round((width * percent) / 100)
  return (
    <Text wrap="truncate">
      {alias} <Text color="blue">v{stable}</Text> <Text color="blue">{'░'.repeat(width - filled)}</Text>
      <Text color="magenta">{'█'.repeat(filled)}</Text> <Text color="magenta">v{candidate}</Text> {percent}%
    </Text>
  )
}

function StepLine({
  state: { plan, percent, step, until, verdict, hook },
  now,
}: {
  state: CanaryState
  now: number
}) {
  const steps = plan?.steps.length ?? 0
  const where = percent === 100 ? 'baking' : `step ${step} of ${steps}`
  const left = until !== undefined && until > now ? `, ${formatCountdown(until - now)} left` : ''
  return (
    <Text wrap="truncate">
      {where}
      {left}
      {hook ? `  hook ${hook} runs` : ''}
      {verdict ? `  gate ${verdict.outcome}: ${plainLine(verdict.reason)}` : ''}
    </Text>
  )
}

function AlarmLine({ alarm: { name, condition, reason } }: { alarm: AlarmState }) {
  return (
    <Text wrap="truncate">
      <Text color={conditionColours[condition]}>● {condition}</Text> {plainLine(name)}{' '}
      <Text dimColor>{plainLine(reason)}</Text>
    </Text>
  )
}
