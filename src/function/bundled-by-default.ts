import { type CodePlace, isBuiltElsewhere } from './built-elsewhere.ts'

/** Tells whether a source is bundled for a runtime if the file does not say: folders for Node are. */
export function isBundledByDefault(runtime: string, place: CodePlace): boolean {
  return runtime.startsWith('nodejs') && !place.source.endsWith('.zip') && !isBuiltElsewhere(place)
}
