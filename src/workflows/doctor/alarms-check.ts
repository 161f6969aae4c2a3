import { type AlarmCheck, alarmChecks } from '../../gates/alarms/checks.ts'
import { alarmQuery, selectAlarms } from '../../gates/alarms/selection.ts'
import { unreachable } from '../../gates/doctor/checks/alarm-reach.ts'
import { alarmsDiagnosis } from '../../gates/doctor/checks/alarms.ts'
import type { Advice, Diagnosis, Mend } from '../../gates/doctor/diagnosis.ts'
import type { AlarmState } from '../../release/values/observed.ts'
import { makeAlarm } from '../preflight/alarms/command.ts'
import { commandFor, type Run } from '../run/run.ts'
import { type Examined, type Patient, releaseOf } from './examined.ts'
import { waysOf } from './ways.ts'

/** Reads the alarms of all functions together. A function whose alarms can't be named is told by its own check. */
export async function alarmsOf(run: Run, patients: readonly Patient[]): Promise<AlarmState[]> {
  const { names, prefixes } = alarmQuery(patients.flatMap(selectorsOf))
  return names.length + prefixes.length === 0 ? [] : run.aws.alarms.describe(names, prefixes)
}

function selectorsOf(patient: Patient) {
  return releaseOf(patient)?.alarms ?? []
}

/** Checks that alarms watch the alias, have data and can fire. */
export async function alarmsCheck(examined: Examined): Promise<Diagnosis> {
  const { target, latest } = examined
  const { alarms: selectors, insufficientData, compare } = examined.release()
  const selection = selectAlarms(selectors, await examined.alarms())
  const { lambdaName: functionName, alias } = target
  const checks = alarmChecks(selection, {
    functionName,
    alias,
    ...(insufficientData && { insufficientData }),
  })
  const { timeoutSeconds } = latest.settings
  const mute = selection.alarms.flatMap((alarm) => {
    const reason = unreachable(alarm, timeoutSeconds)
    return reason === undefined ? [] : [[alarm.name, reason] as const]
  })
  const found = { compares: compare !== undefined, checks, unreachable: new Map(mute) }
  return alarmsDiagnosis(found, adviceFor(examined, checks))
}

/** A command for each missing alarm; the alarm of lambdactl if none is named, or one that watches something else. */
function adviceFor(examined: Examined, checks: readonly AlarmCheck[]): Advice {
  const { target } = examined
  const ensured = Object.values(target.ensuredAlarms ?? {})
  const faults = checks.flatMap(({ fault }) => (fault ? [fault] : []))
  const missing = faults.flatMap((fault) => (fault.kind === 'missing' ? [fault.alarm] : []))
  const own = missing.filter((name) => !ensured.includes(name))
  const isUnnamed = faults.some(({ kind }) => kind === 'none' || kind === 'another')
  const lines = isUnnamed ? waysOf(examined).set(gateLines(ensured)) : {}
  return {
    mends: [
      ...own.map((name) => command(`The alarm ${name}`, makeAlarm(target, name))),
      ...(lines.mends ?? []).filter(({ language }) => language === 'yaml'),
      ...(isUnnamed || own.length < missing.length
        ? [command('Make the alarms of the file', commandFor(target, 'alarms ensure'))]
        : []),
      ...(faults.some(({ kind }) => kind === 'firing')
        ? [command('To see what fires, and since when', commandFor(target, 'status'))]
        : []),
    ],
  }
}

/** The fields that make an alarm gate releases; those that the file has already are left out. */
function gateLines(ensured: readonly string[]): Record<string, unknown> {
  return { ...(ensured.length === 0 && { alarms: true }), release: { alarms: ['errors'] } }
}

function command(where: string, text: string): Mend {
  return { where, language: 'sh', text }
}
