import { Box, Text } from 'ink'
import { alarmWords } from '../../gates/alarms/words.ts'
import { describeFigures } from '../../gates/comparison/words.ts'
import type { ComparedMetric } from '../../release/plan/comparison.ts'
import type { JudgedAlarm } from '../../release/values/observed.ts'
import { alarmNote } from '../text/alarm-note.ts'
import { figureRows } from '../text/figure-rows.ts'
import { count } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import type { CanaryState } from './canary-state.ts'
import { type PlanPart, planStrip, stripGap } from './plan-strip.ts'
import { stepLines } from './step-words.ts'

const outcomeColours = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const
const conditionColours = { OK: 'green', ALARM: 'red', INSUFFICIENT_DATA: 'yellow' } as const

const partColours = { done: 'green', now: 'cyan', 'to-come': 'gray' } as const

interface CanaryViewProps {
  state: CanaryState
  now: number
  columns: number
  room: number
}

/**
 * The live part of a canary: traffic, the past and coming parts of the plan, the step with the time left, the counts of
 * both versions, alarms, and the comparison of the two.
 *
 * @param now milliseconds since the epoch
 * @param columns the terminal's width
 * @param room in lines; alarms and compared metrics beyond it are counted
 */
export function CanaryView({ state, now, columns, room }: CanaryViewProps) {
  const { plan, percent, alias, warming } = state
  if (warming) return <WarmingLine warming={warming} columns={columns} />
  if (!plan || percent === undefined) return null
  const step = stepLines(state, now, columns)
  // On a terminal with few rows the gates come first.
  const isLow = room < 6
  const figures = isLow ? [] : figureRows(plan, state.figures, now, columns)
  const gates = gatesShown(state, Math.max(1, room - (isLow ? 1 : 2) - step.length - figures.length))
  return (
    <Box flexDirection="column">
      <TrafficBar
        percent={percent}
        stable={plan.stable ?? ''}
        candidate={plan.candidate}
        alias={alias}
        columns={columns}
      />
      {isLow || (
        <PlanLine parts={planStrip(plan, percent === 100 ? plan.steps.length + 1 : state.step, columns)} />
      )}
      {[...step, ...figures].map((row) => (
        <Text key={row} wrap="truncate">
          {row}
        </Text>
      ))}
      {gates.alarms.map((alarm) => (
        <AlarmLine key={alarm.name} alarm={alarm} />
      ))}
      {gates.comparison.map((compared) => (
        <ComparedLine key={compared.metric} compared={compared} />
      ))}
      {gates.rest > 0 && <Text dimColor>… and {count(gates.rest, 'more gate')}</Text>}
    </Box>
  )
}

/** If there is no room for all, those that do not pass come first. */
function gatesShown({ alarms, comparison }: CanaryState, room: number) {
  if (alarms.length + comparison.length <= room) return { alarms, comparison, rest: 0 }
  const troubled = alarms.toSorted(
    (one, other) => Number(one.verdict === 'pass') - Number(other.verdict === 'pass'),
  )
  const shown = troubled.slice(0, room - 1)
  const compared = comparison.slice(0, room - 1 - shown.length)
  return {
    alarms: shown,
    comparison: compared,
    rest: alarms.length + comparison.length - shown.length - compared.length,
  }
}

function PlanLine({ parts }: { parts: readonly PlanPart[] }) {
  return (
    <Text wrap="truncate">
      {parts.map(({ is, text }, index) => (
        <Text key={text} color={partColours[is]} bold={is === 'now'}>
          {index > 0 && stripGap}
          {text}
        </Text>
      ))}
    </Text>
  )
}

function WarmingLine({
  warming: { version, available, requested },
  columns,
}: {
  warming: NonNullable<CanaryState['warming']>
  columns: number
}) {
  const width = Math.max(10, columns - version.length - 40)
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
  const width = Math.max(10, columns - `${alias} v${stable}  v${candidate} ${percent}%`.length)
  const filled = Math.round((width * percent) / 100)
  return (
    <Text wrap="truncate">
      {alias} <Text color="blue">v{stable}</Text> <Text color="blue">{'░'.repeat(width - filled)}</Text>
      <Text color="magenta">{'█'.repeat(filled)}</Text> <Text color="magenta">v{candidate}</Text> {percent}%
    </Text>
  )
}

function AlarmLine({ alarm }: { alarm: JudgedAlarm }) {
  const { name, condition, verdict } = alarm
  const note = alarmNote(alarm)
  return (
    <Text wrap="truncate">
      <Text color={verdict === 'excused' ? 'yellow' : conditionColours[condition]}>● {condition}</Text>{' '}
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
