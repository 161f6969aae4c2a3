import { logFormatDiagnosis } from '../../gates/doctor/checks/logs.ts'
import { runtimeDiagnosis } from '../../gates/doctor/checks/runtime.ts'
import { tracingDiagnosis } from '../../gates/doctor/checks/tracing.ts'
import { variablesDiagnosis } from '../../gates/doctor/checks/variables.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import type { Examined } from './examined.ts'
import { waysOf } from './ways.ts'

/** The checks by the function's settings alone. */
export function settingsChecks(examined: Examined): Diagnosis[] {
  const { run, latest } = examined
  const { runtime, environment, logFormat, tracing } = latest.settings
  const ways = waysOf(examined)
  return [
    runtimeDiagnosis(runtime, run.clock.now(), ways),
    variablesDiagnosis(environment, latest.hiddenVariables),
    logFormatDiagnosis(logFormat, ways),
    tracingDiagnosis(tracing === 'active', ways),
  ]
}
