import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda'
import { KeptMap } from '../../state/kept-map.ts'

/** The settings of a mapping that a request may change. */
export type MappingSettings = Omit<
  EventSourceMappingConfiguration,
  'UUID' | 'EventSourceMappingArn' | 'FunctionArn' | 'LastModified' | 'State'
>

/** An event source mapping. */
export interface MappingRecord {
  uuid: string
  region: string
  /** With its qualifier if the mapping has one. */
  functionArn: string
  /** Seconds since the epoch. */
  lastModified: number
  state: 'Creating' | 'Enabled' | 'Disabled' | 'Updating' | 'Enabling' | 'Disabling' | 'Deleting'
  isEnabled: boolean
  settings: MappingSettings
  tags: Record<string, string>
}

/** All event source mappings, by their UUID. A changed record has to be kept again. */
export class MappingStore extends KeptMap<MappingRecord> {
  constructor() {
    super('mapping')
  }

  find(region: string, uuid: string): MappingRecord | undefined {
    const found = this.get(uuid)
    return found?.region === region ? found : undefined
  }

  keep(record: MappingRecord): void {
    this.set(record.uuid, record)
  }

  in(region: string): MappingRecord[] {
    return [...this.values()].filter((record) => record.region === region)
  }
}
