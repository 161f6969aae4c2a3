import { KeptMap } from '../../state/kept-map.ts'

/** How far a mapping has handled a shard. */
export interface Checkpoint {
  /** The id of the stream: one that is made again under its ARN is read from its beginning. */
  stream: string
  /** The sequence number of the last record that was passed. */
  position: string
}

/** The checkpoints of all mappings of streams, by mapping and shard. */
export class CheckpointStore extends KeptMap<Checkpoint> {
  constructor() {
    super('checkpoint')
  }

  find(uuid: string, shard: string): Checkpoint | undefined {
    return this.get(`${uuid}/${shard}`)
  }

  keep(uuid: string, shard: string, checkpoint: Checkpoint): void {
    this.set(`${uuid}/${shard}`, checkpoint)
  }

  /** Forgets a mapping that was deleted. */
  forget(uuid: string): void {
    for (const key of this.keys()) if (key.startsWith(`${uuid}/`)) this.delete(key)
  }
}
