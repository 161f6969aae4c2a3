declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** Makes a server of DynamoDB in memory, which does not listen yet. The times are milliseconds. */
  export default function dynalite(options: {
    createTableMs: number
    deleteTableMs: number
    updateTableMs: number
  }): Server
}
