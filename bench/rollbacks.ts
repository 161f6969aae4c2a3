import { setTimeout as sleep } from 'node:timers/promises'
import type { Stage } from './stage.ts'

/**
 * Runs the CLI's canary of a function, sets its alarm, and measures from there to the alias back on stable.
 *
 * @param phase when the alarm is set, milliseconds after the shift
 * @returns milliseconds
 */
export function rollbackOfCanary(stage: Stage, name: string, run: string, phase: number): Promise<number> {
  const canary = stage.processes.cli(7, ['canary', name, '--env', 'sandbox', '--alarm', name], { RUN: run })
  return rollbackAfterAlarm(stage, name, canary, stage.proxy.next(stage.lambdaName(name), true), phase)
}

/** The shell loop that a team would write: it looks every 2 s, then puts the alias back. */
const loop = `
look() {
  aws cloudwatch describe-alarms --alarm-names "$1" --query 'MetricAlarms[0].StateValue' --output text
}
state=$(look "$1") || exit
while [ "$state" != ALARM ]; do
  sleep 2
  state=$(look "$1") || exit
done
aws lambda update-alias --function-name "$2" --name live --function-version 1 --routing-config AdditionalVersionWeights={}
`

/** The same with a loop of the AWS CLI on watch. */
export async function rollbackByShell(stage: Stage, name: string, phase: number): Promise<number> {
  const lambdaName = stage.lambdaName(name)
  const shifted = stage.proxy.next(lambdaName, true)
  await stage.hand.shift(lambdaName)
  const shell = stage.processes.run('/bin/sh', ['-c', loop, 'sh', name, lambdaName])
  return rollbackAfterAlarm(stage, name, shell, shifted, phase)
}

/** Whether the AWS CLI is there, and which. */
export async function awsCli({ processes }: Stage): Promise<boolean> {
  return processes.run('aws', ['--version']).then(
    () => true,
    () => false,
  )
}

async function rollbackAfterAlarm(
  stage: Stage,
  name: string,
  watcher: Promise<void>,
  shifted: Promise<unknown>,
  phase: number,
): Promise<number> {
  await before(watcher, shifted)
  await before(watcher, sleep(phase, undefined, { ref: false }))
  const back = stage.proxy.next(stage.lambdaName(name), false)
  await stage.hand.setAlarm(name, 'ALARM')
  const { answered } = await before(watcher, back)
  const fired = await stage.hand.alarmSince(name)
  await watcher
  await stage.hand.setAlarm(name, 'OK')
  return answered - fired
}

/** The value, which comes while a program runs; a program that ends before it, however well, is a failure. */
function before<Value>(program: Promise<void>, value: Promise<Value>): Promise<Value> {
  const early = program.then(() => Promise.reject(new Error('It ended before it was expected to.')))
  return Promise.race([value, early])
}
