/** The text of a source file, with its absolute path and its name for messages. */
export interface SourceFile {
  readonly text: string
  readonly path: string
  readonly shownAs: string
}
