import type { WantedTrigger } from '../../function/triggers/wanted.ts'
import { alarmNames } from '../../operation/alarms/kinds.ts'
import { isOwnScaling } from '../../operation/concurrency/scaling.ts'
import { serviceTag } from '../alarms/service-tag.ts'
import { deregisterCommand } from '../concurrency/commands.ts'
import type { Run, Target } from '../run/run.ts'
import { ifReadable } from '../run/unread.ts'
import { ownMachines } from './triggers.ts'

/** A function to destroy, and the service whose file names it. */
export interface ToDestroy {
  target: Target
  service: string
  /**
   * Resolves the triggers of the file; absent for a function without that field: then its triggers stay.
   *
   * @throws LambdactlError CONFIG_INVALID for a value that isn't set
   */
  triggers?: (() => readonly WantedTrigger[]) | undefined
}

/** Alarms that `alarms ensure` made, or the scaling that `concurrency autoscale` made. Lambda does not delete them. */
export interface OwnPart {
  kind: 'alarms' | 'scaling'
  /** Of alarms, or of the alias or version that is scaled. */
  names: readonly string[]
}

/** The scaling of an alias or a version that is not lambdactl's alone, or a state machine of the file. */
export interface Leftover {
  kind: 'scaling' | 'stateMachine'
  names: readonly string[]
  /** The command that takes it away, ready for a shell. */
  takeAway: string
}

/** The things beside a function that Lambda does not delete with it. */
export interface Beside {
  /** They go with the function. */
  own: readonly OwnPart[]
  /** They stay. */
  leftovers: readonly Leftover[]
  /** The parts that could not be read, with the reason; they may stay too. */
  unread: readonly string[]
}

/** Finds what is left beside a function, whether it is still there or not. */
export async function findBeside(run: Run, asked: ToDestroy): Promise<Beside> {
  const { target, triggers } = asked
  const unread: string[] = []
  const [alarms, scaled, machines] = await Promise.all([
    ifReadable(unread, 'the alarms', [], () => ownAlarms(run, asked)),
    ifReadable(unread, 'the scaling', [], () => run.aws.scaling.scaled(target.lambdaName)),
    ifReadable(unread, 'the state machines', [], async () => ownMachines(run, target, triggers?.() ?? [])),
  ])
  const { own = [], others = [] } = Object.groupBy(scaled, (each) => (isOwnScaling(each) ? 'own' : 'others'))
  const parts: OwnPart[] = [
    { kind: 'scaling', names: own.map(({ qualifier }) => qualifier) },
    { kind: 'alarms', names: alarms },
  ]
  const leftovers: Leftover[] = [
    ...others.map(({ qualifier }) => ({
      kind: 'scaling' as const,
      names: [qualifier],
      takeAway: deregisterCommand(target, qualifier),
    })),
    ...machines.map(({ name, takeAway: command }) => ({
      kind: 'stateMachine' as const,
      names: [name],
      takeAway: command,
    })),
  ]
  return { own: parts.filter(({ names }) => names.length > 0), leftovers, unread }
}

/** Takes such a part away. */
export async function takeAway(
  { aws }: Run,
  { lambdaName }: Target,
  { kind, names }: OwnPart,
): Promise<void> {
  if (kind === 'alarms') return aws.alarmSettings.remove(names)
  for (const qualifier of names) await aws.scaling.deregister({ lambdaName, qualifier })
}

/** The names of the alarms that lambdactl made for this service. */
async function ownAlarms({ aws }: Run, { target, service }: ToDestroy): Promise<string[]> {
  const seen = await aws.alarmSettings.named(alarmNames(target))
  const owned = await Promise.all(
    seen.map(async (alarm) => {
      const tags = await aws.alarmSettings.tags(alarm)
      return tags[serviceTag] === service ? [alarm.name] : []
    }),
  )
  return owned.flat()
}
