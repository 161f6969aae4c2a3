import type { AliasSettings } from '../../../src/ports/aliases.ts'
import type { Aws } from '../../../src/ports/aws.ts'
import type { JournalEntry } from '../../../src/ports/journal.ts'
import { awsError } from '../calls.ts'
import { world } from '../world.ts'
import { lookAtFunction, lookAtTriggers } from './beside-looks.ts'
import type { Cloud } from './cloud.ts'
import { lookAtAlarms, lookAtAlias, lookAtInvocations } from './looks.ts'
import type { Process, Surroundings } from './process.ts'

const { aws: every } = world().run

/** The calls that no simulated process makes, those that belong to another tool of the function among them. */
function unusedBy({ strange }: Surroundings): Aws {
  const refusing = (port: string, calls: object) =>
    new Proxy(calls, {
      get: (_, call) => () => {
        strange(`${port}.${String(call)}`)
        return Promise.reject(awsError('BUG', `nobody may call ${port}.${String(call)}`))
      },
    })
  return Object.fromEntries(
    Object.entries<object>({ ...every }).map(([port, calls]) => [port, refusing(port, calls)]),
  ) as unknown as Aws
}

/** Performs an effect of a process, with all that may go wrong. */
export type Perform = <Answer>(name: string, effect: () => Answer) => Promise<Answer>

/** The AWS that a process of a life sees. */
export function awsOf(around: Surroundings, self: () => Process, call: Perform): Aws {
  const { cloud, tool } = around
  const unused = unusedBy(around)
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
    functions: {
      ...unused.functions,
      get: (_, version) =>
        lookAtFunction(self(), version, () => call('functions.get', () => tool?.state(version))),
      // An error names versions that exist.
      versions: () => call('functions.versions', () => []),
    },
    triggers: {
      ...unused.triggers,
      list: () => lookAtTriggers(self(), () => call('triggers.list', () => tool?.triggers() ?? [])),
    },
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
    identity: {
      caller: () => call('identity.caller', () => ({ account: '123456789012', arn: 'ada' })),
      lifetime: () => call('identity.lifetime', () => ({ isTemporary: false, isRenewed: false })),
      region: () => call('identity.region', () => 'eu-west-1'),
    },
    journal: {
      append: (id, entry) => call('journal.append', () => keep(cloud.journal, id, entry)),
      read: (id) => call('journal.read', () => cloud.journal.get(id) ?? []),
      beginning: () => call('journal.beginning', () => []),
      since: () => call('journal.since', () => (tool ? entriesOf(cloud) : [])),
    },
  }
}

/** Of all releases, in order: without a record on the alias they name the way back. */
function entriesOf({ journal }: Cloud): (JournalEntry & { release: string })[] {
  const entries = [...journal].flatMap(([release, kept]) => kept.map((entry) => ({ ...entry, release })))
  return entries.toSorted((one, other) => one.time - other.time)
}

function keep(journal: Cloud['journal'], id: string, entry: JournalEntry): void {
  const kept = journal.get(id)
  if (kept) kept.push(entry)
  else journal.set(id, [entry])
}
