import { randomUUID } from 'node:crypto'
import type {
  CreateStateMachineInput,
  CreateStateMachineOutput,
  DeleteStateMachineInput,
  DescribeStateMachineInput,
  DescribeStateMachineOutput,
  UpdateStateMachineInput,
  UpdateStateMachineOutput,
} from '@aws-sdk/client-sfn'
import { accepting } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidArn, invalidName, noMachine } from '../errors.ts'
import { readDefinition } from '../language/check-definition.ts'
import type { Machine, StatesContext } from '../records.ts'
import { end } from '../runs/run-machine.ts'
import { tagsOf } from './tags.ts'

/** Members that are taken and have no effect: nothing is logged, traced or encrypted. */
const withoutEffect = ['loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration'] as const

export function machineOperations(context: StatesContext): Operations {
  const { machines, clock } = context
  return {
    CreateStateMachine: accepting<CreateStateMachineInput>(
      ['name', 'definition', 'roleArn', 'type', 'tags', ...withoutEffect],
      (input, call): CreateStateMachineOutput => {
        const machine = create(context, input, call)
        return { stateMachineArn: machine.arn, creationDate: new Date(machine.created) }
      },
    ),
    UpdateStateMachine: accepting<UpdateStateMachineInput>(
      ['stateMachineArn', 'definition', 'roleArn', ...withoutEffect],
      ({ stateMachineArn, definition, roleArn }): UpdateStateMachineOutput => {
        const machine = requireMachine(context, stateMachineArn)
        if (definition !== undefined) readDefinition(definition)
        if (roleArn !== undefined) checkRole(context, roleArn, machine.arn)
        const changes = { definition: definition ?? machine.definition, roleArn: roleArn ?? machine.roleArn }
        const changed = { ...machine, ...changes, revisionId: randomUUID() }
        machines.set(machine.arn, changed)
        return { updateDate: new Date(clock()), revisionId: changed.revisionId }
      },
    ),
    DescribeStateMachine: accepting<DescribeStateMachineInput>(
      ['stateMachineArn', 'includedData'],
      ({ stateMachineArn }): DescribeStateMachineOutput => {
        const { arn, name, definition, roleArn, type, created, revisionId } = requireMachine(
          context,
          stateMachineArn,
        )
        const times = { creationDate: new Date(created), revisionId }
        return { stateMachineArn: arn, name, status: 'ACTIVE', definition, roleArn, type, ...times }
      },
    ),
    DeleteStateMachine: ({ stateMachineArn = '' }: DeleteStateMachineInput) => {
      for (const execution of context.executions.values()) {
        if (execution.machineArn !== stateMachineArn) continue
        context.running.get(execution.arn)?.()
        end(context, execution, { status: 'ABORTED' })
      }
      machines.delete(stateMachineArn)
      return {}
    },
  }
}

function create(context: StatesContext, input: CreateStateMachineInput, { region, account }: Call): Machine {
  const { name = '', definition = '', roleArn = '', type = 'STANDARD', tags } = input
  if (!/^[\w-]{1,80}$/.test(name)) throw invalidName(name)
  const arn = `arn:aws:states:${region}:${account}:stateMachine:${name}`
  const existing = context.machines.get(arn)
  if (existing) {
    const isSame =
      existing.definition === definition && existing.roleArn === roleArn && existing.type === type
    if (isSame) return existing
    throw new ServiceError('StateMachineAlreadyExists', 400, `State Machine Already Exists: '${arn}'`)
  }
  readDefinition(definition)
  checkRole(context, roleArn, arn)
  const facts = { arn, name, type, roleArn, definition, tags: tagsOf(tags) }
  const machine = { ...facts, revisionId: randomUUID(), created: context.clock() }
  context.machines.set(arn, machine)
  return machine
}

const states = { kind: 'Service', name: 'states.amazonaws.com', action: 'sts:AssumeRole' } as const

function checkRole({ mayAssume }: StatesContext, role: string, source: string): void {
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(role)) throw invalidArn(role)
  if (mayAssume(role, { ...states, source })) return
  throw new ServiceError(
    'AccessDeniedException',
    400,
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
  )
}

/** @throws ServiceError 400 */
export function requireMachine({ machines }: StatesContext, arn: string | undefined): Machine {
  const machine = machines.get(arn ?? '')
  if (!machine) throw noMachine(arn)
  return machine
}
