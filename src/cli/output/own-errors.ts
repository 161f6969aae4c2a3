/**
 * Leaves errors of a stream to the first listener, which is bin/run.js's: oclif adds one that ends the process at a full
 * disk, and a release must not end half way.
 */
export function leaveErrorsToProgram(stream: NodeJS.WritableStream): void {
  for (const listener of stream.listeners('error').slice(1)) {
    stream.off('error', listener as (error: Error) => void)
  }
}
