/** Tells whether a source is bundled for a runtime if the file does not say: folders for Node are. */
export function isBundledByDefault(runtime: string, source: string): boolean {
  return runtime.startsWith('nodejs') && !source.endsWith('.zip')
}
