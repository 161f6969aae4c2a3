import { alarmNames } from '../../operation/alarms/kinds.ts'
import { serviceTag } from '../alarms/service-tag.ts'
import { deregisterCommand } from '../concurrency/commands.ts'
import { awsCommand, type Run, type Target } from '../run/run.ts'
import { ifReadable } from '../run/unread.ts'

/** A function to destroy, and the service whose file names it. */
export interface ToDestroy {
  target: Target
  service: string
}

/** Alarms that `alarms ensure` made, or the scaling of an alias or a version. Lambda does not delete them. */
export interface Leftover {
  kind: 'alarms' | 'scaling'
  /** Of alarms, or of the alias or version that is scaled. */
  names: readonly string[]
  /** The command that takes it away, ready for a shell. */
  takeAway: string
}

export interface Leftovers {
  leftovers: readonly Leftover[]
  /** The parts that could not be read, with the reason; they may stay too. */
  unread: readonly string[]
}

/** Finds what stays after a function, whether it is still there or not. */
export async function findLeftovers(run: Run, asked: ToDestroy): Promise<Leftovers> {
  const { target } = asked
  const unread: string[] = []
  const [alarms, scaled] = await Promise.all([
    ifReadable(unread, 'the alarms', [], () => ownAlarms(run, asked)),
    ifReadable(unread, 'the scaling', [], () => run.aws.scaling.scaled(target.lambdaName)),
  ])
  const deleteAlarms = awsCommand(target, 'cloudwatch delete-alarms', ['--alarm-names', ...alarms])
  const leftovers: Leftover[] = [
    ...(alarms.length > 0 ? [{ kind: 'alarms' as const, names: alarms, takeAway: deleteAlarms }] : []),
    ...scaled.map(({ qualifier }) => ({
      kind: 'scaling' as const,
      names: [qualifier],
      takeAway: deregisterCommand(target, qualifier),
    })),
  ]
  return { leftovers, unread }
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
