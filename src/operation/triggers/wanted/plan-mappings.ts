import {
  changedSettings,
  type MappingSettings,
  queueDefaults,
  type SourceMapping,
  settingsWords,
  streamDefaults,
} from '../../../function/triggers/mapping.ts'
import { isQueue, mappingWords } from '../source-words.ts'
import { addition, change, removal, type TriggerDifference } from './difference.ts'

/** A mapping of the file. */
export interface WantedMapping {
  /** The trigger's name in the file. */
  name: string
  /** The ARN of its source. */
  source: string
  settings: MappingSettings
}

/** One change of a mapping. */
export type MappingStep<Wanted extends WantedMapping> = { difference: TriggerDifference } & (
  | { does: 'create'; wanted: Wanted }
  | {
      does: 'change'
      wanted: Wanted
      mapping: SourceMapping
      /** The settings to send; empty if only its mark is another one. */
      settings: Partial<MappingSettings>
    }
  | { does: 'remove'; mapping: SourceMapping }
)

/** The way from the mappings of an alias to those of the file. */
interface MappingPlan<Wanted extends WantedMapping> {
  steps: MappingStep<Wanted>[]
  /** Mappings of a wanted source that somebody else made. */
  foreign: { wanted: Wanted; mapping: SourceMapping }[]
}

/**
 * Plans how an alias gets the mappings of the file. A mapping is known by its source: one that has another name in the
 * file stays, so that no event is lost or handled twice.
 *
 * @param found those of the alias; of others only the ones of a wanted source count
 */
export function planMappings<Wanted extends WantedMapping>(
  wanted: readonly Wanted[],
  found: readonly SourceMapping[],
): MappingPlan<Wanted> {
  const present = found.filter(({ state }) => state !== 'Deleting')
  const plan: MappingPlan<Wanted> = { steps: [], foreign: [] }
  for (const one of wanted) {
    const mapping = present.find(({ source }) => source === one.source)
    if (mapping?.trigger === undefined) {
      if (mapping) plan.foreign.push({ wanted: one, mapping })
      else plan.steps.push({ does: 'create', wanted: one, difference: addition(one.name, wholeWords(one)) })
    } else plan.steps.push(...changesOf(one, mapping, mapping.trigger))
  }
  const sources = new Set(wanted.map(({ source }) => source))
  for (const mapping of present.filter(({ source }) => !sources.has(source))) {
    if (mapping.trigger === undefined) continue
    plan.steps.push({ does: 'remove', mapping, difference: removal(mapping.trigger, mappingWords(mapping)) })
  }
  return plan
}

function changesOf<Wanted extends WantedMapping>(
  wanted: Wanted,
  mapping: SourceMapping,
  mark: string,
): MappingStep<Wanted>[] {
  const keys = changedSettings(mapping.settings, wanted.settings)
  const isRenamed = mark !== wanted.name
  if (keys.length === 0 && !isRenamed) return []
  const settings = Object.fromEntries(keys.map((key) => [key, wanted.settings[key]]))
  const words = (of: MappingSettings, name: string) =>
    [...(isRenamed ? [`${mappingWords(mapping)} as ${name}`] : []), settingsWords(of, keys)]
      .filter((part) => part !== '')
      .join(', ')
  const difference = change(wanted.name, words(mapping.settings, mark), words(wanted.settings, wanted.name))
  return [{ does: 'change', wanted, mapping, settings, difference }]
}

/** The source, and the settings that are not AWS's defaults. */
function wholeWords({ source, settings }: WantedMapping): string {
  const defaults = isQueue({ source }) ? queueDefaults : streamDefaults
  const words = settingsWords(settings, changedSettings(defaults, settings))
  return [mappingWords({ source }), words].filter((part) => part !== '').join(', ')
}
