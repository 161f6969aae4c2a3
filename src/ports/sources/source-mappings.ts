import type { MappingSettings, SourceMapping } from '../../function/triggers/mapping.ts'

/** An event source mapping to make. */
interface NewMapping {
  /** The ARN of its source. */
  source: string
  /** The trigger of the file, for its tag. */
  trigger: string
  settings: MappingSettings
  /** Of a stream. */
  startingPosition?: 'LATEST' | 'TRIM_HORIZON'
}

/** The event source mappings of an alias that the file can make. */
export interface SourceMappings {
  /** Those that read from an ARN, with the trigger that their tag names: a call for the list, and one for each. */
  of(functionName: string, alias: string): Promise<SourceMapping[]>
  /** @throws LambdactlError CONFLICT if the alias has a mapping of the source */
  create(functionName: string, alias: string, mapping: NewMapping): Promise<void>
  /** @returns false if Lambda is changing the mapping: then try again later */
  update(uuid: string, settings: Partial<MappingSettings>): Promise<boolean>
  /** @returns false if Lambda is changing the mapping: then try again later; one that is gone counts as deleted */
  delete(uuid: string): Promise<boolean>
  /** Marks a mapping as that of a trigger. @param arn the mapping's own */
  mark(arn: string, trigger: string): Promise<void>
}
