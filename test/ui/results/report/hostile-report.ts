import type { ReleaseReport } from '../../../../src/operation/report/report.ts'
import { sampleReport } from './sample-report.ts'

/** Text that breaks out of HTML, SVG, Markdown or a terminal that does not guard itself. */
export const hostile =
  '</title></style></svg>"><img src=x onerror=alert(1)><script>document.title="taken"</script>\u001b[31m\u202e]]>--> @team | `x` \ud800 \u0000'
const long = 'x'.repeat(600)

/** A report in which each text from outside is hostile. */
export const hostileReport = withHostile(sampleReport)

function withHostile(report: ReleaseReport): ReleaseReport {
  const { release, plan, gates, hooks, alarms, happenings, errors = [] } = report
  const name = `${hostile}${long}`
  return {
    ...report,
    function: hostile,
    lambdaName: name,
    alias: hostile,
    environment: hostile,
    release: {
      ...release,
      id: hostile,
      strategy: hostile,
      candidate: hostile,
      from: hostile,
      reason: name,
      by: hostile,
      actor: { name: hostile, url: `javascript:${hostile}` },
      commit: hostile,
      breakglass: name,
    },
    ...(plan && { plan: { ...plan, alarms: [name, hostile] } }),
    happenings: happenings.map((each) => ({ ...each, by: hostile, reason: name })),
    gates: gates.map((look) => ({
      ...look,
      led: hostile,
      verdict: { outcome: 'fail' as const, reason: name },
      alarms: look.alarms.map((alarm) => ({ ...alarm, name })),
    })),
    hooks: hooks.map((hook) => ({ ...hook, outcome: hostile, reason: name, output: name })),
    alarms: alarms.map((alarm) => ({
      ...alarm,
      name,
      periods: alarm.periods.map((period) => ({ ...period, reason: name })),
    })),
    errors: errors.map((error) => ({
      ...error,
      kind: name,
      frame: name,
      versions: [{ version: hostile, count: 1 }],
      sample: { request: hostile, lines: [name, hostile] },
    })),
    ...(report.versions && { versions: report.versions.map((each) => ({ ...each, version: hostile })) }),
    unread: [{ part: 'alarms', reason: name }],
  }
}
