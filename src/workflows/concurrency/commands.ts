import type { Before } from '../../operation/concurrency/stop.ts'
import { awsCommand, commandFor, type Target } from '../run/run.ts'

/** The commands that give a function its concurrency back without the record of its stop. */
export function undoCommands(target: Target, { reserved, provisioned }: Before): string[] {
  return [
    reserveCommand(target, reserved),
    ...provisioned.map(({ qualifier, amount }) => provisionCommand(target, qualifier, amount)),
  ]
}

/** The concurrency of another tool's function is set by the AWS CLI only. */
export function reserveCommand(target: Target, reserved: number | null): string {
  if (!target.codeOnly) return commandFor(target, 'concurrency reserve', String(reserved ?? 'none'))
  const name = ['--function-name', target.lambdaName]
  if (reserved === null) return awsCommand(target, 'lambda delete-function-concurrency', name)
  const amount = ['--reserved-concurrent-executions', String(reserved)]
  return awsCommand(target, 'lambda put-function-concurrency', [...name, ...amount])
}

/** Gives environments to a version, or to an alias, which only the AWS CLI does. */
export function provisionCommand(target: Target, qualifier: string, amount: number): string {
  if (/^\d+$/.test(qualifier) && !target.codeOnly)
    return commandFor(target, 'concurrency provision', String(amount), '--version', qualifier)
  return awsCommand(target, 'lambda put-provisioned-concurrency-config', [
    '--function-name',
    target.lambdaName,
    '--qualifier',
    qualifier,
    '--provisioned-concurrent-executions',
    String(amount),
  ])
}

/** Ends the scaling of a version or an alias, with all its policies and schedules. */
export function deregisterCommand(target: Target, qualifier: string): string {
  return awsCommand(target, 'application-autoscaling deregister-scalable-target', [
    '--service-namespace',
    'lambda',
    '--scalable-dimension',
    'lambda:function:ProvisionedConcurrency',
    '--resource-id',
    `function:${target.lambdaName}:${qualifier}`,
  ])
}
