import type { LeftOut } from '../../found-function.ts'
import { listOf, type Part, partAt, partsOf, textOf } from '../part.ts'
import { leave, type Openness, openParts, type Taken } from '../take.ts'

const name = 'DeploymentPreference'
/** Undefined for those that are read. */
const ofCodeDeploy: Readonly<Record<string, string | undefined>> = {
  Alarms: undefined,
  Enabled: undefined,
  Type: undefined,
  Hooks: "write the hook as a command into release.hooks: CodeDeploy's functions report to CodeDeploy only",
  Role: "lambdactl shifts traffic itself, with the caller's permissions",
  TriggerConfigurations: 'lambdactl notifies nobody; a hook can',
}

/** Takes a gradual deployment by CodeDeploy as `release`. */
export function takePreference(preference: Part | undefined, openness: Openness): Taken {
  if (!preference || partAt(preference, 'Enabled')?.value === false) return { fields: {}, left: [] }
  const unknown = [preference, partAt(preference, 'Enabled')].find((part) => part && openness.isOpen(part))
  if (unknown) return { fields: {}, left: openParts(name, unknown, openness) }
  const type = partAt(preference, 'Type')
  const plainType = type ? textOf(type) : undefined
  const steps = plainType === undefined ? undefined : stepsOf(plainType)
  const { alarms, left } = alarmsOf(preference, openness)
  const release = { ...steps, ...(alarms.length > 0 && { alarms }) }
  return {
    fields: Object.keys(release).length > 0 ? { release } : {},
    left: [...(type && !steps ? typeLeft(type, openness) : []), ...left, ...othersOf(preference, openness)],
  }
}

/** The steps of one of CodeDeploy's configurations; empty for all at once. */
function stepsOf(type: string): Record<string, unknown> | undefined {
  if (type === 'AllAtOnce') return {}
  const [, canary, wait] = /^Canary(\d+)Percent(\d+)Minutes$/.exec(type) ?? []
  if (canary !== undefined) return { steps: [Number(canary)], every: `${wait}m` }
  const [, linear, every] = /^Linear(\d+)PercentEvery(\d+)Minutes?$/.exec(type) ?? []
  return linear === undefined ? undefined : { steps: { linear: Number(linear) }, every: `${every}m` }
}

function typeLeft(type: Part, openness: Openness): LeftOut[] {
  const open = openParts(`${name}.Type`, type, openness)
  if (open.length > 0) return open
  return [
    leave(
      `${name}.Type`,
      type,
      `${String(type.value)} is a configuration of your own: write its steps`,
      openness,
    ),
  ]
}

function alarmsOf(preference: Part, openness: Openness): { alarms: string[]; left: LeftOut[] } {
  const written = partAt(preference, 'Alarms')
  const all = written && openness.isOpen(written) ? [written] : listOf(written)
  return {
    alarms: all.flatMap((each) => textOf(each) ?? []),
    left: all.flatMap((each) => openParts(`${name}.Alarms`, each, openness)),
  }
}

function othersOf(preference: Part, openness: Openness): LeftOut[] {
  return Array.from(partsOf(preference)).flatMap(([key, part]) => {
    const why = Object.hasOwn(ofCodeDeploy, key) ? ofCodeDeploy[key] : 'lambdactl has no field for it'
    return why ? [leave(`${name}.${key}`, part, why, openness)] : []
  })
}
