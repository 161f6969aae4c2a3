import type { AliasSettings } from '../../../src/ports/aliases.ts'
import type { Aws } from '../../../src/ports/aws.ts'
import type { JournalEntry } from '../../../src/ports/journal.ts'
import { withoutOthersCalls } from '../../../src/workflows/release-only/others-calls.ts'
import { target, world } from '../world.ts'
import type { Cloud } from './cloud.ts'
import { lookAtAlarms, lookAtAlias, lookAtInvocations } from './looks.ts'
import type { Process, Surroundings } from './process.ts'

/** The calls that no simulated process makes. Those that belong to another tool of the function are bugs. */
const unused = withoutOthersCalls(world().run.aws, [{ ...target, codeOnly: { provisions: true } }])

/** Performs an effect of a process, with all that may go wrong. */
export type Perform = <Answer>(name: string, effect: () => Answer) => Promise<Answer>

/** The AWS that a process of a life sees. */
export function awsOf(around: Surroundings, self: () => Process, call: Perform): Aws {
  const { cloud } = around
  const write = async (settings: AliasSettings, revisionId: string | undefined, name: string) => {
    self().answered = false
    self().sentAsked = self().isAsked
    const alias = await call(name, () => {
      const before = cloud.alias()
      const after = cloud.write(settings, revisionId)
      around.wrote(self(), before, after)
      return after
    })
    self().answered = true
    return alias
  }
  return {
    ...unused,
    // A rollback compares configurations once it is done.
    functions: { ...unused.functions, get: () => call('functions.get', () => undefined) },
    aliases: {
      list: () =>
        call('aliases.list', () => {
          const alias = cloud.alias()
          return alias ? [alias] : []
        }),
      get: () => lookAtAlias(self(), () => call('aliases.get', () => cloud.alias())),
      create: (_function, _alias, settings) => write(settings, undefined, 'aliases.create'),
      update: (_function, _alias, settings, revisionId) => write(settings, revisionId, 'aliases.update'),
    },
    alarms: {
      definition: async () => undefined,
      describe: (names) =>
        lookAtAlarms(self(), names, around.begunAt, () => call('alarms.describe', () => cloud.alarms(names))),
    },
    metrics: {
      traffic: (_, from, until) =>
        lookAtInvocations(self(), () => call('metrics.traffic', () => cloud.traffic(from, until))),
      // Nobody watches.
      counts: () => Promise.resolve([]),
      series: () => Promise.resolve([]),
      throttles: () => Promise.resolve([]),
    },
    concurrency: {
      ...unused.concurrency,
      // Without its time: nobody in these lives releases a version that was released before.
      provisioned: () =>
        call('concurrency.provisioned', () =>
          cloud.provisioned.list().map((one) => ({ ...one, modified: undefined })),
        ),
      provision: (_function, qualifier, amount) =>
        call('concurrency.provision', () => cloud.provisioned.put(qualifier, amount)),
      unprovision: (_function, qualifier) =>
        call('concurrency.unprovision', () => cloud.provisioned.remove(qualifier)),
    },
    identity: { caller: () => call('identity.caller', () => ({ account: '123456789012', arn: 'ada' })) },
    journal: {
      append: (id, entry) => call('journal.append', () => keep(cloud.journal, id, entry)),
      read: (id) => call('journal.read', () => cloud.journal.get(id) ?? []),
      since: () => call('journal.since', () => []),
    },
  }
}

function keep(journal: Cloud['journal'], id: string, entry: JournalEntry): void {
  const kept = journal.get(id)
  if (kept) kept.push(entry)
  else journal.set(id, [entry])
}
