import type { TrafficAccount } from '../../workflows/drive-traffic.ts'
import { count } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'

type Figures = Pick<TrafficAccount, 'invocations' | 'errors' | 'p50Ms' | 'p99Ms'>

/** `50 invocations, 2 errors, p50 3 ms, p99 12 ms · version 1: 45 · version 2: 5, 2 errors` */
export function secondText(account: TrafficAccount): string {
  const versions = account.versions.map(({ version, invocations, errors }) => {
    const failed = errors === 0 ? '' : `, ${count(errors, 'error')}`
    return `version ${plainLine(version)}: ${invocations}${failed}`
  })
  return [figuresText(account), ...versions, ...unsentText(account)].join(' · ')
}

/** Gates count by the sandbox's minutes, and so few or many invocations come in each. */
export function fastText(rate: number, speed: number): string {
  const perMinute = Number(((rate * 60) / speed).toPrecision(2))
  return `The sandbox's clock runs ${speed} times faster: ${rate} a second are ${perMinute} in a minute of its time.`
}

/** The summary: all, each version, and each error with its count. */
export function trafficText(account: TrafficAccount): string {
  const { elapsedMs, invocations, versions, failures } = account
  const rate = elapsedMs === 0 ? 0 : (invocations * 1000) / elapsedMs
  return [
    `${figuresText(account)}, in ${(elapsedMs / 1000).toFixed(1)} s (${rate.toFixed(1)} a second)`,
    ...versions.map(
      (figures) =>
        `  version ${plainLine(figures.version)}: ${shareOf(figures, invocations)}${figuresText(figures)}`,
    ),
    ...failures.map((failure) => `  ${plainLine(failure.error)}: ${count(failure.count, 'time')}`),
    ...unsentText(account).map((text) => `  ${text}`),
  ].join('\n')
}

function figuresText({ invocations, errors, p50Ms, p99Ms }: Figures): string {
  const times = p50Ms === undefined || p99Ms === undefined ? [] : [`p50 ${ms(p50Ms)}`, `p99 ${ms(p99Ms)}`]
  return [count(invocations, 'invocation'), count(errors, 'error'), ...times].join(', ')
}

function shareOf({ invocations }: Figures, all: number): string {
  return `${((invocations / all) * 100).toFixed(1)}%, `
}

function unsentText({ unsent }: TrafficAccount): string[] {
  return unsent === 0 ? [] : [`${unsent} not sent, since 1,000 were under way`]
}

/** Times below 10 ms have a decimal. */
function ms(value: number): string {
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ms`
}
