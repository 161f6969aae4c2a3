import type { ShownLine } from '../../logs/model/shown-line.ts'

/** How lines are written. */
export interface Writing {
  /** The fields that are written, of every line; undefined for the output's own choice. */
  fields: readonly string[] | undefined
  /** Set where lines of several functions come, so that each needs its name. */
  namesFunctions: boolean
  /** Set where a filter leaves lines out: requests are not whole then. */
  isFiltered: boolean
  /** Of the terminal, in columns. */
  width: number
  /** Masks the secrets of a text, which has to be whole for it. */
  mask: (text: string) => string
  /** Writes a value as JSON that is safe to show. */
  json: (value: object) => string
}

/** Writes the lines of a tail as text. */
export interface LineWriter {
  /**
   * The text of lines, with a line end behind each; those of a request that runs may be held back. Called each moment, also
   * without lines, so that nothing is held for long.
   *
   * @param now milliseconds since the epoch
   */
  lines(lines: readonly ShownLine[], now: number): string
  /** The text of all that was held back. */
  end(): string
}
