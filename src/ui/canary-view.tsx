import { Box, Text } from 'ink'
import { alarmWords } from '../gates/alarm-words.ts'
import { describeFigures } from '../gates/comparison-words.ts'
import type { ComparedMetric } from '../release/comparison.ts'
import type { JudgedAlarm } from '../release/observed.ts'
import { alarmNote } from './alarm-note.ts'
import type { CanaryState } from './canary-state.ts'
import { formatCountdown } from './figures.ts'
import { plainLine } from './plain.ts'

const outcomeColours = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const
const conditionColours = { OK: 'green', ALARM: 'red', INSUFFICIENT_DATA: 'yellow' } as const

interface CanaryViewProps {
  state: CanaryState
  now: number
  columns: number
}

/**
 * The live part of a canary: traffic bar, step with the time left, alarms, metrics of both versions.
 *
 * @param now milliseconds since the epoch
 * @param columns the terminal's width
 */
export function CanaryView({ state, now, columns }: CanaryViewProps) {
  const { plan, percent, alias, warming } = state
  if (warming) return <WarmingLine warming={warming} columns={columns} />
  if (!plan || percent === undefined) return null
  return (
    <Box flexDirection="column">
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
      {state.comparison.map((compared) => (
        <ComparedLine key={compared.metric} compared={compared} />
      ))}
    </Box>
  )
}

function WarmingLine({
  warming: { version, available, requested },
  columns,
}: {
  warming: NonNullable<CanaryState['warming']>
  columns: number
}) {
  const width = Math.max(10, Math.min(50, columns - version.length - 40))
  const filled = Math.floor((width * available) / requested)
  return (
    <Text wrap="truncate">
      warming <Text color="magenta">v{version}</Text> <Text color="magenta">{'█'.repeat(filled)}</Text>
      {'░'.repeat(width - filled)} {available} of {requested} environments ready
    </Text>
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

function AlarmLine({ alarm }: { alarm: JudgedAlarm }) {
  const { name, condition, says } = alarm
  const note = alarmNote(alarm)
  return (
    <Text wrap="truncate">
      <Text color={says === 'excused' ? 'yellow' : conditionColours[condition]}>● {condition}</Text>{' '}
      {plainLine(name)} {note && `(${note}) `}
      <Text dimColor>{plainLine(alarmWords(alarm))}</Text>
    </Text>
  )
}

function ComparedLine({ compared }: { compared: ComparedMetric }) {
  return (
    <Text wrap="truncate">
      <Text color={outcomeColours[compared.outcome]}>● {compared.outcome}</Text> {describeFigures(compared)}
    </Text>
  )
}
