import { KeptMap } from '../../state/kept-map.ts'
import type { StoredCode } from '../code/code-store.ts'
import type { Statement } from './attached.ts'

/** The resource policy of a layer's version. */
export interface LayerPolicy {
  statements: Statement[]
  revisionId: string
}

/** A published version of a layer; only its policy changes. */
export interface LayerVersion {
  version: number
  description: string
  /** In Lambda's form of times. */
  created: string
  license?: string | undefined
  runtimes?: string[] | undefined
  architectures?: string[] | undefined
  code: StoredCode
  policy?: LayerPolicy | undefined
}

/** A layer with its versions. */
export interface LayerRecord {
  name: string
  region: string
  /** A number is never used twice, even after its version is deleted. */
  nextVersion: number
  /** In the order of their numbers. */
  versions: LayerVersion[]
}

/** The layers of a function's version. Their code stays when they are deleted. */
export interface UsedLayers {
  /** In the function's order: a later one covers the files of those before it. */
  parts: { arn: string; code: StoredCode }[]
  /** The name of the folder with the files of all of them, in the code directory. */
  folder: string
}

/** All layers, by Region and name. */
export class LayerStore extends KeptMap<LayerRecord> {
  constructor() {
    super('layer')
  }

  find(region: string, name: string): LayerRecord | undefined {
    return this.get(`${region}/${name}`)
  }

  /** Keeps a new or a changed layer. */
  keep(record: LayerRecord): void {
    this.set(`${record.region}/${record.name}`, record)
  }

  in(region: string): LayerRecord[] {
    return [...this.values()].filter((record) => record.region === region)
  }
}
