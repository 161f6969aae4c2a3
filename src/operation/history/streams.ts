/** The beginnings of the journal's streams that tell of a function and not of a release; its name in Lambda follows. */
export const functionStreams = { stops: 'stops/', pauses: 'pauses/', operations: 'operations/' } as const

/** Tells whether a stream is of a function. */
export function isOfFunction(stream: string): boolean {
  return Object.values(functionStreams).some((begin) => stream.startsWith(begin))
}
